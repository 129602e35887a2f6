/** Templates of SES: `{{name}}` and `{{path.to.name}}`, replaced without escaping, as SES does. Pure. */
import { AwsError, type Json, type JsonObject } from '../../types.ts';

export interface TemplateContent {
  Subject?: string;
  Text?: string;
  Html?: string;
}

/** Throws BadRequestException for blocks and partials, which are not rendered here, and for a template without content. */
export function checkTemplate(content: TemplateContent): void {
  const block = /\{\{\{?\s*[#/>^&!][^}]*\}?\}\}/.exec([content.Subject, content.Text, content.Html].join('\n'));
  if (block) throw new AwsError('BadRequestException', `The local SES renders plain names only, not ${block[0]}.`);
  if (!content.Subject && !content.Text && !content.Html) {
    throw new AwsError('BadRequestException', 'The template has no content.');
  }
}

/** The rendered parts. Throws BadRequestException that names an attribute which the data lacks. */
export function renderTemplate(
  content: TemplateContent,
  data: JsonObject,
): { subject: string; text: string; html: string } {
  const render = (source = ''): string =>
    source.replace(/\{\{\{?\s*([\w.-]+)\s*\}?\}\}/g, (_, path: string) => {
      let value: Json | undefined = data;
      for (const name of path.split('.')) {
        value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
      }
      if (value === undefined) {
        throw new AwsError('BadRequestException', `Attribute '${path}' is not present in the rendering data.`);
      }
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    });
  return { subject: render(content.Subject), text: render(content.Text), html: render(content.Html) };
}
