'use client';
/** Search as you type: what is typed shows at once, the list follows when the typing pauses. */
import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Input } from '../ui/input';

const PAUSE_MS = 220;

export interface SearchBoxProps {
  label: string;
  placeholder: string;
  /** What the list is searched for. */
  value: string;
  onSearch: (text: string) => void;
  /** Why the list does not follow what is typed. */
  note?: string | undefined;
}

export function SearchBox({ label, placeholder, value, onSearch, note }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const said = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward and a reset change the search from outside; one's own echo must not overwrite what was typed since.
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    clearTimeout(timer.current);
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const say = (next: string) => {
    clearTimeout(timer.current);
    said.current = next.trim();
    onSearch(next.trim());
  };
  return (
    <div className="relative w-full sm:w-64">
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        controlSize="sm"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        className="[&_input::-webkit-search-cancel-button]:hidden"
        leading={<Search aria-hidden />}
        trailing={
          text ? (
            <Button
              aria-label="Clear search"
              variant="ghost"
              size="icon-sm"
              className="-me-1 size-6! rounded-sm"
              icon={<X aria-hidden />}
              onClick={() => {
                setText('');
                say('');
              }}
            />
          ) : undefined
        }
        onChange={({ target }) => {
          setText(target.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => say(target.value), PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') say(text);
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (text) {
            setText('');
            say('');
          } else event.currentTarget.blur();
        }}
      />
      <p
        role="status"
        className={
          note
            ? 'absolute top-full z-10 mt-1 rounded-md bg-raised px-2 py-1 text-xs text-muted shadow-float'
            : 'sr-only'
        }
      >
        {note}
      </p>
    </div>
  );
}
