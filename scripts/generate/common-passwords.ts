/**
 * The common passwords that our rules leave to be refused by name. The list is zxcvbn-ts's (MIT): what published breaches hold most often,
 * the commonest first.
 */
import { dictionary } from '@zxcvbn-ts/language-common';

const FILE = 'shared/common-passwords.generated.ts';
/** A special character is always added, so a stem of seven gives a password of eight. */
const SHORTEST = 7;
/** With a letter and a digit they need only a capital and a special character to keep every other rule. */
const KEEPING = 6_000;
/** Words become passwords by writing some letters as digits and signs. */
const WORDS = 3_000;

export function commonPasswordsFile(): [file: string, text: string] {
  const stems = dictionary['passwords-common'].filter((word) => /^[a-z0-9]+$/.test(word) && word.length >= SHORTEST);
  const keeping = stems.filter((word) => /[a-z]/.test(word) && /\d/.test(word)).slice(0, KEEPING);
  const words = stems.filter((word) => /^[a-z]+$/.test(word)).slice(0, WORDS);
  if (keeping.length < KEEPING || words.length < WORDS)
    throw new Error('The list of common passwords has become short.');
  const list = [...keeping, ...words].sort().join(' ');
  return [
    FILE,
    `// The commonest passwords, from @zxcvbn-ts/language-common (MIT) by "npm run generate".\nexport const commonPasswords =\n  '${list}';\n`,
  ];
}
