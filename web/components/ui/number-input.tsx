'use client';

import { Minus, Plus } from 'lucide-react';
import { useRef } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';
import { controlHeights, type InputProps } from './input';

export type NumberInputProps = Omit<InputProps, 'type' | 'leading' | 'trailing'> & {
  /** Stands after the figure: "pcs", "kg". */
  unit?: string;
};

const stepButton =
  'grid h-full w-8 shrink-0 place-items-center text-subtle outline-none hover:bg-hover hover:text-fg disabled:opacity-40 pointer-coarse:w-11 [&_svg]:size-3.5';

/** A whole or decimal number with `min`, `max`, `step`. Takes `{...register('stock', { valueAsNumber: true })}`. */
export function NumberInput({ controlSize = 'md', unit, className, ref, ...own }: NumberInputProps) {
  const props = useFieldControl(own);
  const input = useRef<HTMLInputElement | null>(null);
  const step = (by: 1 | -1) => {
    const element = input.current;
    if (!element) return;
    if (by === 1) element.stepUp();
    else element.stepDown();
    element.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <span className={cn('control-box flex items-center overflow-clip', controlHeights[controlSize], className)}>
      <input
        {...props}
        ref={(element) => {
          input.current = element;
          if (typeof ref === 'function') return ref(element);
          if (ref) ref.current = element;
        }}
        type="number"
        inputMode={props.inputMode ?? 'numeric'}
        // A wheel over a focused field would change the figure unseen.
        onWheel={(event) => event.currentTarget.blur()}
        className="numeric h-full w-full min-w-0 flex-1 appearance-none bg-transparent ps-3 pe-2 outline-none [appearance:textfield] disabled:cursor-not-allowed [&::-webkit-inner-spin-button]:appearance-none"
      />
      {unit && (
        <span aria-hidden className="pe-2.5 text-sm text-subtle">
          {unit}
        </span>
      )}
      {/* The arrow keys do the same: these two are for the pointer. */}
      <span className="flex h-full items-center divide-x divide-line border-s">
        <button
          type="button"
          tabIndex={-1}
          aria-label="Less"
          disabled={props.disabled || props.readOnly}
          onClick={() => step(-1)}
          className={stepButton}
        >
          <Minus aria-hidden />
        </button>
        <button
          type="button"
          tabIndex={-1}
          aria-label="More"
          disabled={props.disabled || props.readOnly}
          onClick={() => step(1)}
          className={stepButton}
        >
          <Plus aria-hidden />
        </button>
      </span>
    </span>
  );
}
