/** The Chromium of this machine, and how the project starts it without a screen. */
import { existsSync } from 'node:fs';

/** Debian's shell without the browser's own windows comes first: each page of the whole browser draws a toolbar that nobody sees. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Path of the program: what `CHROMIUM_PATH` names, else the first that is there; undefined: none is. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM_PATH ?? places.find(existsSync);
}

/** Launch options for it. Errors: when there is none. */
export function chromiumOptions(): { executablePath: string; args: string[] } {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error(`Chromium is at none of ${places.join(', ')}: install it, or name it in CHROMIUM_PATH.`);
  return { executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] };
}
