'use client';
/** Words one by one, each a chip. */
import { X } from 'lucide-react';
import { type Ref, useState } from 'react';
import { useFieldControl } from '../../../components/ui/field';

export interface TagInputProps {
  value: readonly string[];
  onChange: (tags: string[]) => void;
  onBlur?: () => void;
  ref?: Ref<HTMLInputElement>;
}

export function TagInput({ value, onChange, onBlur, ref }: TagInputProps) {
  const [typed, setTyped] = useState('');
  const props = useFieldControl<{ id?: string | undefined }>({});
  const add = (text: string) => {
    const words = text.split(',').map((word) => word.trim().toLowerCase());
    const fresh = words.filter((word, index) => word && !value.includes(word) && words.indexOf(word) === index);
    if (fresh.length > 0) onChange([...value, ...fresh]);
    setTyped('');
  };
  return (
    <span className="control-box flex min-h-control-md flex-wrap items-center gap-1 px-1.5 py-1">
      {value.map((tag) => (
        <span
          key={tag}
          className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-sunken ps-2 text-sm inset-ring-1 inset-ring-line-strong"
        >
          <span className="truncate">{tag}</span>
          <button
            type="button"
            aria-label={`Remove the tag ${tag}`}
            onClick={() => onChange(value.filter((other) => other !== tag))}
            className="grid size-6 place-items-center rounded-sm text-subtle hover:text-fg"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        {...props}
        ref={ref}
        value={typed}
        autoComplete="off"
        className="h-6 min-w-24 flex-1 bg-transparent px-1.5 outline-none"
        onChange={({ target }) => (target.value.includes(',') ? add(target.value) : setTyped(target.value))}
        onBlur={() => {
          add(typed);
          onBlur?.();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed.trim()) {
            event.preventDefault();
            add(typed);
          } else if (event.key === 'Backspace' && !typed && value.length > 0) onChange(value.slice(0, -1));
        }}
      />
    </span>
  );
}
