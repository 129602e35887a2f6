'use client';

import { Check, ChevronDown, X } from 'lucide-react';
import * as Radix from 'radix-ui/popover';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';
import { useFloatingHost } from './floating-host';
import { type ControlSize, controlHeights } from './input';
import { Spinner } from './spinner';

export interface ComboboxOption {
  value: string;
  label: string;
  /** A second line, quieter. */
  hint?: ReactNode;
  /** Stands at the end of the line: a price, a badge. */
  trailing?: ReactNode;
  disabled?: boolean;
}

export interface ComboboxProps<O extends ComboboxOption> extends ControlSize {
  value: O | null;
  onChange: (option: O | null) => void;
  /** All there are; the words typed filter them. */
  options?: readonly O[];
  /** Or: what the API has for the words typed; asked for 200 ms after the last key, and aborted by the next. */
  load?: (search: string, signal: AbortSignal) => Promise<readonly O[]>;
  placeholder?: string;
  /** Said when nothing fits. */
  nothing?: ReactNode;
  clearable?: boolean;
  disabled?: boolean;
  id?: string;
  name?: string;
  onBlur?: () => void;
  /** For a `Controller`: what takes the focus when the value is refused. */
  ref?: Ref<HTMLInputElement>;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  className?: string;
}

const PAUSE_MS = 200;
/** After a search that failed, while the list stays open. */
const RETRY_MS = 2_000;

function matching<O extends ComboboxOption>(options: readonly O[], search: string): readonly O[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return options.filter((option) => words.every((word) => option.label.toLocaleLowerCase().includes(word)));
}

type Answer<O> = { search: string; options: readonly O[]; failed: boolean };

/** What fits the words typed, from `options` or from `load`. */
function useOptions<O extends ComboboxOption>(
  open: boolean,
  search: string,
  { options, load }: Pick<ComboboxProps<O>, 'options' | 'load'>,
) {
  const [answer, setAnswer] = useState<Answer<O>>();
  const loader = useRef(load);
  loader.current = load;
  const asks = load !== undefined;
  useEffect(() => {
    if (!open || !asks) return;
    const abort = new AbortController();
    const ask = async () => {
      try {
        const found = (await loader.current?.(search, abort.signal)) ?? [];
        if (!abort.signal.aborted) setAnswer({ search, options: found, failed: false });
      } catch {
        if (abort.signal.aborted) return;
        setAnswer({ search, options: [], failed: true });
        timer = setTimeout(ask, RETRY_MS);
      }
    };
    let timer = setTimeout(ask, search ? PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [open, search, asks]);
  if (!load) return { shown: matching(options ?? [], search), loading: false, failed: false };
  return {
    shown: answer?.options ?? [],
    loading: answer?.search !== search,
    failed: answer?.search === search && answer.failed,
  };
}

/**
 * Finds one of many by typing: an editable combobox with a listbox, after the ARIA authoring practices. Arrows move, Enter
 * takes, Escape closes and then clears, Tab takes nothing. With react-hook-form use `Controller`.
 */
export function Combobox<O extends ComboboxOption>({
  value,
  onChange,
  options,
  load,
  placeholder,
  nothing = 'Nothing fits',
  clearable = false,
  disabled,
  controlSize = 'md',
  onBlur,
  ref,
  className,
  ...own
}: ComboboxProps<O>) {
  const props = useFieldControl(own);
  const listId = useId();
  const host = useFloatingHost();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const box = useRef<HTMLSpanElement>(null);
  const input = useRef<HTMLInputElement | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { shown, loading, failed } = useOptions(open, typed ?? '', { options, load });
  const current = Math.min(active, shown.length - 1);

  useEffect(() => {
    if (open && current >= 0) list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [open, current]);

  const show = () => {
    if (disabled || open) return;
    setActive(
      Math.max(
        0,
        shown.findIndex((option) => option.value === value?.value),
      ),
    );
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const take = (option: O | undefined) => {
    if (!option || option.disabled) return;
    onChange(option);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = shown.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setActive(current + by > last ? 0 : current + by < 0 ? last : current + by);
    } else if (open && (event.key === 'PageDown' || event.key === 'PageUp')) {
      event.preventDefault();
      setActive(event.key === 'PageDown' ? last : 0);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (!loading) take(shown[current]);
    } else if (event.key === 'Escape') {
      if (open) {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (clearable && value) {
        event.preventDefault();
        event.stopPropagation();
        onChange(null);
      }
    }
  };

  const status = failed
    ? 'The search does not answer. Trying again…'
    : loading && shown.length === 0
      ? 'Searching…'
      : shown.length === 0
        ? nothing
        : undefined;
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && close()}>
      <Radix.Anchor asChild>
        <span ref={box} className={cn('control-box flex items-center', controlHeights[controlSize], className)}>
          <input
            {...props}
            ref={(element) => {
              input.current = element;
              if (typeof ref === 'function') return ref(element);
              if (ref) ref.current = element;
            }}
            role="combobox"
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && shown[current] ? `${listId}-${current}` : undefined}
            autoComplete="off"
            spellCheck={false}
            disabled={disabled}
            placeholder={placeholder}
            value={typed ?? value?.label ?? ''}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
              setOpen(true);
            }}
            onClick={show}
            onKeyDown={onKeyDown}
            onBlur={() => {
              close();
              onBlur?.();
            }}
            className="h-full w-full min-w-0 flex-1 truncate rounded-md bg-transparent ps-3 outline-none disabled:cursor-not-allowed"
          />
          {loading && open && <Spinner className="pe-1 text-subtle" />}
          {clearable && value && !disabled && (
            <button
              type="button"
              tabIndex={-1}
              aria-label="Clear"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                onChange(null);
                input.current?.focus();
              }}
              className="grid size-6 shrink-0 place-items-center rounded-sm text-subtle hover:bg-hover hover:text-fg"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          )}
          <button
            type="button"
            tabIndex={-1}
            aria-hidden
            disabled={disabled}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              input.current?.focus();
              if (open) close();
              else show();
            }}
            className="grid h-full w-8 shrink-0 place-items-center text-subtle"
          >
            <ChevronDown aria-hidden className="size-4" />
          </button>
        </span>
      </Radix.Anchor>
      <Radix.Portal container={host}>
        <Radix.Content
          role="presentation"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => box.current?.contains(event.target as Node) && event.preventDefault()}
          // The focus stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          className="z-60 flex max-h-[min(20rem,var(--radix-popover-content-available-height))] w-(--radix-popover-trigger-width) min-w-48 animate-pop flex-col overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={props['aria-label'] ?? placeholder ?? 'Choices'}
            aria-busy={loading}
            className={cn('min-h-0 overflow-y-auto', shown.length > 0 && 'p-1')}
          >
            {shown.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus (aria-activedescendant)
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div
                key={option.value}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={option.value === value?.value}
                aria-disabled={option.disabled}
                onMouseMove={() => setActive(index)}
                onClick={() => take(option)}
                className={cn(
                  'flex min-h-8 items-center gap-2 rounded-md px-2 py-1 aria-disabled:text-subtle pointer-coarse:min-h-11',
                  index === current && 'bg-hover',
                )}
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{option.label}</span>
                  {option.hint && <span className="block truncate text-sm text-muted">{option.hint}</span>}
                </span>
                {option.trailing && <span className="numeric shrink-0 text-sm text-muted">{option.trailing}</span>}
                <Check
                  aria-hidden
                  className={cn('size-4 shrink-0 text-accent', option.value !== value?.value && 'invisible')}
                />
              </div>
            ))}
          </div>
          <p role="status" className={cn('text-muted', status && 'px-3 py-2.5')}>
            {status}
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
