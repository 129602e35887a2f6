'use client';

import { type Currency, currencyDecimals } from '../../../shared/money.ts';
import { changeInput } from './change-input';
import { Input, type InputProps } from './input';

export type MoneyInputProps = Omit<InputProps, 'type' | 'leading' | 'trailing' | 'inputMode'> & { currency: Currency };

function symbolOf(currency: Currency): string {
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** `1 234,5` → `1234.50`; what is no amount stays as it was typed, for the contract to refuse. */
export function tidyAmount(typed: string, decimals: number): string {
  const plain = typed.replace(/[\s']/g, '');
  const point = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.');
  const match = /^(\d*)(?:\.(\d*))?$/.exec(point);
  if (!match || point === '' || point === '.') return typed;
  const whole = (match[1] || '0').replace(/^0+(?=\d)/, '');
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return typed;
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}

/**
 * An amount as a decimal string, the way the API takes it: never a floating-point number. Leaving the field writes it with
 * the currency's decimals. Takes `{...register('price')}`.
 */
export function MoneyInput({ currency, onBlur, className, ...props }: MoneyInputProps) {
  const decimals = currencyDecimals[currency];
  return (
    <Input
      placeholder={decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`}
      autoComplete="off"
      {...props}
      type="text"
      inputMode={decimals === 0 ? 'numeric' : 'decimal'}
      leading={symbolOf(currency)}
      trailing={<span className="pe-1.5 text-sm">{currency}</span>}
      className={className}
      onBlur={(event) => {
        const tidy = tidyAmount(event.currentTarget.value, decimals);
        if (tidy !== event.currentTarget.value) changeInput(event.currentTarget, tidy);
        onBlur?.(event);
      }}
    />
  );
}
