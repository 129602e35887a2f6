'use client';
/** Finds a product that is for sale, to put it into the basket. */
import { useCallback } from 'react';
import type * as z from 'zod';
import { listProducts } from '../../../../../shared/contracts/products/list-products.ts';
import { formatCount, formatMoney } from '../../../../components/data/format.ts';
import { Combobox, type ComboboxOption } from '../../../../components/ui/combobox';
import { api } from '../../../../lib/api.ts';
import type { BasketProduct } from '../basket.ts';

interface ProductOption extends ComboboxOption {
  product: BasketProduct;
}
type Row = z.output<typeof listProducts.output>;

const SHOWN = '20';
const MIN_SEARCH = 2;

function optionOf({ id, name, price, currency, seller, sku, stockState, category, inventory }: Row): ProductOption {
  const stock = inventory?.trackInventory ? Math.max(0, inventory.stock) : undefined;
  const left =
    stock === undefined ? undefined : stockState === 'out_of_stock' ? 'Sold out' : `${formatCount(stock)} in stock`;
  return {
    value: id,
    label: name,
    hint: [sku, category, left].filter(Boolean).join(' · '),
    trailing: formatMoney(price, currency),
    disabled: stockState === 'out_of_stock',
    product: { id, name, price, currency, seller, ...(sku && { sku }), ...(stock !== undefined && { stock }) },
  };
}

export default function ProductSearch({ onChoose }: { onChoose: (product: BasketProduct) => void }) {
  const load = useCallback(async (search: string, signal: AbortSignal) => {
    const words = search.trim();
    const page = await api.call(listProducts, {
      query: {
        status: 'published',
        limit: SHOWN,
        ...(words.length >= MIN_SEARCH ? { search: words.slice(0, 100) } : {}),
      },
      expand: ['inventory'],
      signal,
    });
    return page.items.map(optionOf);
  }, []);
  return (
    <Combobox<ProductOption>
      value={null}
      onChange={(option) => option && onChoose(option.product)}
      load={load}
      placeholder="Name or stock code"
      nothing="No product for sale fits"
    />
  );
}
