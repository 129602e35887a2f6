'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';

export interface CopyButtonProps {
  /** What is copied. */
  value: string;
  /** What it is: "Copy order number". */
  label?: string;
  className?: string;
}

/** Copies, and says so for two seconds. */
export function CopyButton({ value, label = 'Copy', className }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      title={label}
      onClick={copy}
      className={className}
      icon={state === 'copied' ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
    >
      <span role="status" className="sr-only">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser does not allow copying' : ''}
      </span>
    </Button>
  );
}
