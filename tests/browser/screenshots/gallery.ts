import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCREENS } from './screens.ts';
import { OUT } from './selection.ts';

/** Writes `index.html`, which shows the pictures of each screen side by side: those that are there, of whichever run. */
export default async function writeGallery(): Promise<void> {
  const files = (await readdir(OUT).catch(() => [])).filter((file) => file.endsWith('.png'));
  const sections = SCREENS.map(({ name, title }) => {
    const own = files.filter((file) => file.startsWith(`${name}.`)).sort(byLook);
    if (own.length === 0) return '';
    const figures = own.map((file) => {
      const [, language, width, theme] = file.split('.');
      const look = `${language} · ${width} · ${theme}`;
      return `<figure><a href="${file}"><img src="${file}" alt="${escaped(title)}, ${look}" loading="lazy" height="420"></a><figcaption>${look}</figcaption></figure>`;
    });
    return `<section id="${name}"><h2>${escaped(title)} <small>${name}</small></h2><div>${figures.join('')}</div></section>`;
  });
  if (files.length === 0) return;
  await writeFile(
    join(OUT, 'index.html'),
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Screens</title><style>
body { margin: 2rem; font: 1rem/1.5 sans-serif; background: #ddd; color: #222 }
section > div { display: flex; gap: 1rem; overflow-x: auto; padding-block-end: 1rem }
figure { flex: none; margin: 0 } img { height: 420px; width: auto; background: #fff } small { font-weight: 400; color: #555 }
</style></head><body><h1>Screens</h1>
${sections.join('\n')}
</body></html>
`,
  );
}

/** By language, then theme, then width. */
function byLook(a: string, b: string): number {
  const key = (file: string) => {
    const [, language = '', width = '', theme = ''] = file.split('.');
    return [language, theme === 'light' ? 0 : 1, width.padStart(5, '0')].join(' ');
  };
  return key(a).localeCompare(key(b));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
