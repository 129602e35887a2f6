/** Mail templates: `functions/<area>/mails/<name>.mjml` and `<name>.txt` become `<name>.generated.ts`, so that no function carries a compiler. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The text part begins with `Subject: …` and an empty line. Throws when it does not, when it is missing, or when the MJML has a
 * fault.
 */
export function textPart(file: string, content: string): { subject: string; text: string } {
  const [, subject, text] = /^Subject: (.+)\r?\n\r?\n([\s\S]+)$/.exec(content) ?? [];
  if (!subject || !text) throw new Error(`${file} does not begin with "Subject: …" and an empty line.`);
  return { subject: subject.trim(), text };
}

/** Every generated file with its content. */
export async function mailFiles(): Promise<Map<string, string>> {
  const { default: compile } = await import('mjml');
  const files = new Map<string, string>();
  for (const source of globSync('functions/*/mails/*.mjml').sort()) {
    const plain = source.replace(/\.mjml$/, '.txt');
    if (!existsSync(plain)) throw new Error(`${source} has no text part ${plain}.`);
    const { html, errors } = await compile(readFileSync(source, 'utf8'), {
      validationLevel: 'strict',
      filePath: source,
      // No font from elsewhere: opening a mail tells nobody.
      fonts: {},
      keepComments: false,
    });
    if (errors.length > 0)
      throw new Error(`${source}: ${errors.map(({ formattedMessage }) => formattedMessage).join('; ')}`);
    const template = { ...textPart(plain, readFileSync(plain, 'utf8')), html: html.replace(/\n\s+/g, '\n').trim() };
    const name = `${camelCase(basename(source, '.mjml'))}Mail`;
    files.set(
      source.replace(/\.mjml$/, '.generated.ts'),
      `// Compiled from ${basename(source)} and ${basename(plain)} by "npm run generate".\nimport type { MailTemplate } from '../../platform/mail.ts';\n\nexport const ${name}: MailTemplate = ${JSON.stringify(template, null, 2)};\n`,
    );
  }
  return files;
}
