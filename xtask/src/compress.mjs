// Compresses files at the highest levels, as many at once as Node has threads for it.
//
//   node compress.mjs write FILE…     writes FILE.br and FILE.gz where they are smaller than FILE
//   node compress.mjs measure FILE…   prints the brotli-compressed size of each, one number a line

import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const [, , task, ...files] = argv;

const brotli = (content) =>
  promisify(zlib.brotliCompress)(content, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: zlib.constants.BROTLI_MAX_QUALITY,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

// For the few clients that do not read brotli.
const gzip = (content) => promisify(zlib.gzip)(content, { level: zlib.constants.Z_BEST_COMPRESSION });

async function write(file) {
  const content = await readFile(file);
  for (const [suffix, compressed] of [['br', await brotli(content)], ['gz', await gzip(content)]]) {
    // A copy that is no smaller would only cost the browser time.
    if (compressed.length < content.length) await writeFile(`${file}.${suffix}`, compressed);
  }
}

async function measure(file) {
  return (await brotli(await readFile(file))).length;
}

if (task === 'write') {
  await Promise.all(files.map(write));
} else {
  for (const size of await Promise.all(files.map(measure))) console.log(size);
}
