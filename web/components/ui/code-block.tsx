import { cn } from './cn';
import { CopyButton } from './copy-button';

export interface CodeBlockProps {
  code: string;
  /** What it is: "curl", "Response", a file's name. */
  label: string;
  /** Breaks long lines instead of scrolling: keys, addresses. */
  wrap?: boolean;
  className?: string;
}

/** Code or a secret to copy, as it is. */
export function CodeBlock({ code, label, wrap = false, className }: CodeBlockProps) {
  return (
    <figure className={cn('min-w-0 overflow-clip rounded-lg border bg-canvas', className)}>
      <figcaption className="flex items-center justify-between gap-2 border-b py-1 ps-3 pe-1 text-xs text-muted">
        {label}
        <CopyButton value={code} label={`Copy ${label}`} />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className={cn(
          'max-h-96 overflow-auto p-3 font-mono text-sm focus-visible:-outline-offset-2',
          wrap && 'break-all whitespace-pre-wrap',
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
