import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERY_LANGUAGE, type Language } from '../fixtures/words.ts';
import type { Screen } from './screen.ts';

export type Theme = 'light' | 'dark';

/** What was chosen by a variable, as a list; everything there is where it is empty. */
function chosen<T extends string>(variable: string, all: readonly T[]): T[] {
  const wanted = list(variable);
  return wanted.length === 0 ? [...all] : all.filter((one) => wanted.includes(one));
}

function list(variable: string): string[] {
  return (process.env[variable] ?? '').split(',').filter(Boolean);
}

/** Where the pictures go. */
export const OUT = resolve(process.env['SCREENSHOTS_OUT'] || fileURLToPath(new URL('../../../target/screenshots', import.meta.url)));

/** Where the picture of the README goes, if that alone is to be taken. */
export const README = process.env['SCREENSHOTS_README'];

/** Widths of the window in CSS pixels: a phone, a tablet, a desk. */
export const WIDTHS = chosen('SCREENSHOTS_WIDTHS', ['360', '768', '1440']).map(Number);
export const THEMES: Theme[] = chosen('SCREENSHOTS_THEMES', ['light', 'dark']);
export const LANGUAGES: Language[] = chosen('SCREENSHOTS_LANGUAGES', EVERY_LANGUAGE);

/** The screens whose names begin as was asked for. */
export function selected(screens: Screen[]): Screen[] {
  const wanted = list('SCREENSHOTS_SCREENS');
  const unknown = wanted.find((name) => !screens.some((screen) => screen.name.startsWith(name)));
  if (unknown) throw new Error(`There is no screen “${unknown}”. The screens are: ${screens.map(({ name }) => name).join(', ')}.`);
  return wanted.length === 0 ? screens : screens.filter(({ name }) => wanted.some((begin) => name.startsWith(begin)));
}
