'use client';

import { CircleAlert, File as FileIcon, Upload, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';
import { Progress } from './progress';

export interface FileDropProps {
  /** As of `<input accept>`: ".csv,text/csv", "image/*". */
  accept?: string;
  maxBytes?: number;
  multiple?: boolean;
  /** The files that are acceptable, and the others with the reason. */
  onFiles: (files: File[], refused: { file: File; reason: string }[]) => void;
  /** What is wanted: "CSV, up to 5 MB". */
  hint?: ReactNode;
  disabled?: boolean;
  className?: string;
  id?: string;
  'aria-label'?: string;
}

/** "1.4 MB", "12 kB". */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

function fits(file: File, accept: string): boolean {
  return accept.split(',').some((each) => {
    const rule = each.trim().toLowerCase();
    if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule);
    if (rule.endsWith('/*')) return file.type.startsWith(rule.slice(0, -1));
    return file.type === rule;
  });
}

/** Takes files that are dropped or chosen. Show what became of them by `FileItem`s below. */
export function FileDrop({
  accept,
  maxBytes,
  multiple = false,
  onFiles,
  hint,
  disabled,
  className,
  ...own
}: FileDropProps) {
  const props = useFieldControl(own);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null) => {
    const files: File[] = [];
    const refused: { file: File; reason: string }[] = [];
    for (const file of [...(list ?? [])].slice(0, multiple ? undefined : 1)) {
      if (accept && !fits(file, accept))
        refused.push({ file, reason: `This kind of file is not accepted (${accept}).` });
      else if (maxBytes !== undefined && file.size > maxBytes) {
        refused.push({ file, reason: `It has ${formatBytes(file.size)}; the most is ${formatBytes(maxBytes)}.` });
      } else files.push(file);
    }
    if (files.length > 0 || refused.length > 0) onFiles(files, refused);
    // The same file can be chosen again.
    if (input.current) input.current.value = '';
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the input inside does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) take(event.dataTransfer.files);
      }}
      className={cn(
        'relative flex flex-col items-center gap-2 rounded-lg border border-dashed px-6 py-8 text-center transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
        over ? 'border-accent-solid bg-accent-soft' : 'border-control bg-surface',
        disabled ? 'opacity-50' : 'hover:bg-hover',
        className,
      )}
    >
      <Upload aria-hidden className="size-5 text-subtle" />
      <p>
        <span className="font-medium text-accent">Choose {multiple ? 'files' : 'a file'}</span>{' '}
        <span className="text-muted">or drop {multiple ? 'them' : 'it'} here</span>
      </p>
      {hint && <p className="text-sm text-subtle">{hint}</p>}
      <input
        {...props}
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => take(event.target.files)}
        className="absolute inset-0 cursor-pointer opacity-0 disabled:cursor-not-allowed"
      />
    </div>
  );
}

export interface FileItemProps {
  name: string;
  bytes: number;
  /** 0 to 100 while it is sent. */
  progress?: number;
  error?: string;
  onRemove?: () => void;
}

/** One file: its size, how far it is, what went wrong. */
export function FileItem({ name, bytes, progress, error, onRemove }: FileItemProps) {
  return (
    <div className={cn('flex items-center gap-3 rounded-md border px-3 py-2', error && 'border-bad-line bg-bad-soft')}>
      {error ? (
        <CircleAlert aria-hidden className="size-4 shrink-0 text-bad" />
      ) : (
        <FileIcon aria-hidden className="size-4 shrink-0 text-subtle" />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-3">
          <span className="truncate">{name}</span>
          <span className="numeric shrink-0 text-sm text-muted">{formatBytes(bytes)}</span>
        </p>
        {error && <p className="text-sm text-bad">{error}</p>}
        {!error && progress !== undefined && <Progress label={`Sending ${name}`} value={progress} className="mt-1.5" />}
      </div>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
          className="grid size-7 shrink-0 place-items-center rounded-sm text-subtle hover:bg-pressed/60 hover:text-fg"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
