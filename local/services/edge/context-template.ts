/**
 * Text with `$context.name` and `$stageVariables.name` in it: access log formats and gateway responses. A name without a
 * value becomes `-`, as in AWS's access logs.
 */
export type ContextValues = Readonly<Record<string, string | number | undefined>>;
export type ContextTemplate = (values: ContextValues) => string;

const VARIABLE = /\$\{?((?:context|stageVariables)\.[A-Za-z0-9_.-]*[A-Za-z0-9_-])\}?/g;

/** Compiles once. Keys of the values are written with their prefix: `context.requestId`, `stageVariables.name`. */
export function compileContextTemplate(text: string): ContextTemplate {
  const parts = text.split(VARIABLE);
  return (values) => parts.map((part, index) => (index % 2 === 0 ? part : String(values[part] ?? '-'))).join('');
}
