'use client';
/** The lines of an order that is being written: quantities, sums, and what the API says against single lines. */
import { ShoppingCart, Trash2 } from 'lucide-react';
import { formatCount, formatMoney } from '../../../../components/data/format.ts';
import { Button } from '../../../../components/ui/button';
import { EmptyState } from '../../../../components/ui/empty-state';
import { Field } from '../../../../components/ui/field';
import { NumberInput } from '../../../../components/ui/number-input';
import { type BasketLine, lineTotal, MAX_QUANTITY } from '../basket.ts';

export interface BasketLinesProps {
  lines: readonly BasketLine[];
  /** Product id → what is wrong with its line. */
  problems: Readonly<Record<string, string>>;
  /** Product id → how many there are, where a line asks for more. */
  available: Readonly<Record<string, number>>;
  onQuantity: (productId: string, quantity: number | undefined) => void;
  onRemove: (productId: string) => void;
}

export function BasketLines({ lines, problems, available, onQuantity, onRemove }: BasketLinesProps) {
  if (lines.length === 0)
    return (
      <EmptyState
        compact
        icon={<ShoppingCart aria-hidden />}
        title="Nothing in this order yet"
        description="Search for a product above; Enter puts it here."
      />
    );
  return (
    <ul aria-label="Lines of the order" className="divide-y border-t">
      {lines.map((line) => {
        const { product, quantity } = line;
        const left = available[product.id];
        return (
          <li
            key={product.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 px-card py-3 sm:grid-cols-[minmax(0,1fr)_9.5rem_6.5rem_auto]"
          >
            <div className="min-w-0">
              <p className="truncate font-medium">{product.name}</p>
              <p className="numeric text-sm text-muted">
                {formatMoney(product.price, product.currency)}
                {product.stock !== undefined && ` · ${formatCount(product.stock)} in stock`}
              </p>
            </div>
            <Field
              label={`Quantity of ${product.name}`}
              hideLabel
              error={problems[product.id]}
              className="max-sm:col-start-1 max-sm:row-start-2 max-sm:max-w-44"
            >
              <NumberInput
                min={1}
                max={MAX_QUANTITY}
                value={quantity ?? ''}
                onChange={({ target }) =>
                  onQuantity(product.id, target.value === '' ? undefined : Math.trunc(Number(target.value)))
                }
              />
            </Field>
            <p className="numeric self-center text-end font-medium max-sm:row-start-2">
              {lineTotal(line) === undefined ? '—' : formatMoney(lineTotal(line) ?? '0', product.currency)}
            </p>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove ${product.name}`}
              icon={<Trash2 aria-hidden />}
              className="max-sm:col-start-2 max-sm:row-start-1"
              onClick={() => onRemove(product.id)}
            />
            {left !== undefined && left > 0 && (
              <Button
                variant="link"
                size="sm"
                className="col-span-full justify-self-start"
                onClick={() => onQuantity(product.id, left)}
              >
                Take the {formatCount(left)} that are left
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
