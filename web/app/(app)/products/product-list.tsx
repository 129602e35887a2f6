'use client';
import { Archive, CircleCheck, Package, Plus, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type * as z from 'zod';
import { deleteProduct } from '../../../../shared/contracts/products/delete-product.ts';
import { listProducts } from '../../../../shared/contracts/products/list-products.ts';
import { updateProduct } from '../../../../shared/contracts/products/update-product.ts';
import type { BulkAction, Column, Filter } from '../../../components/data/column.ts';
import { DataTable } from '../../../components/data/data-table.tsx';
import { formatCount, formatMoney } from '../../../components/data/format.ts';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { When } from '../../../components/data/when.tsx';
import { Badge } from '../../../components/ui/badge';
import { ButtonLink } from '../../../components/ui/button-link';
import { ProductStatusBadge, StockBadge } from '../../../components/ui/status-badge';
import { api } from '../../../lib/api.ts';
import { useCan } from '../../../lib/session.tsx';

export type ProductRow = z.output<typeof listProducts.output>;

function Stock({ product: { inventory, stockState }, words = '' }: { product: ProductRow; words?: string }) {
  if (inventory && !inventory.trackInventory) return <span className="text-subtle">Not counted</span>;
  if (!inventory) return <StockBadge state={stockState} />;
  if (stockState === 'in_stock') return `${formatCount(inventory.stock)}${words}`;
  return (
    <span className="inline-flex items-center gap-2">
      <StockBadge state={stockState} />
      {inventory.stock > 0 && formatCount(inventory.stock)}
    </span>
  );
}

const columns: readonly Column<ProductRow>[] = [
  {
    id: 'name',
    header: 'Product',
    sort: 'name',
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { id: 'status', header: 'Status', width: 'w-32', cell: ({ status }) => <ProductStatusBadge status={status} /> },
  {
    id: 'stock',
    header: 'Stock',
    sort: 'stock',
    width: 'w-40',
    align: 'end',
    cell: (product) => <Stock product={product} />,
  },
  {
    id: 'price',
    header: 'Price',
    sort: 'price',
    width: 'w-24',
    align: 'end',
    cell: ({ price, currency }) => formatMoney(price, currency),
  },
  {
    id: 'category',
    header: 'Category',
    width: 'w-36',
    quiet: true,
    isWideOnly: true,
    cell: ({ category }) => category,
  },
  { id: 'sku', header: 'Stock code', width: 'w-28', quiet: true, isHidden: true, cell: ({ sku }) => sku ?? '—' },
  {
    id: 'createdAt',
    header: 'Created',
    sort: 'createdAt',
    firstOrder: 'desc',
    width: 'w-32',
    quiet: true,
    isWideOnly: true,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
  {
    id: 'tags',
    header: 'Tags',
    width: 'w-44',
    isHidden: true,
    cell: ({ tags }) =>
      tags.length === 0 ? (
        <span className="text-subtle">—</span>
      ) : (
        <span className="flex gap-1">
          {tags.slice(0, 2).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
          {tags.length > 2 && <span className="text-subtle">+{tags.length - 2}</span>}
        </span>
      ),
  },
  {
    id: 'updatedAt',
    header: 'Changed',
    width: 'w-32',
    quiet: true,
    isHidden: true,
    cell: ({ updatedAt }) => <When at={updatedAt} />,
  },
];

const filters: readonly Filter[] = [
  {
    kind: 'choice',
    param: 'status',
    label: 'Status',
    options: [
      { value: 'published', label: 'Published' },
      { value: 'draft', label: 'Draft' },
      { value: 'archived', label: 'Archived' },
    ],
  },
  {
    kind: 'choice',
    param: 'inStock',
    label: 'Stock',
    options: [
      { value: 'true', label: 'In stock' },
      { value: 'false', label: 'Out of stock' },
    ],
  },
  { kind: 'text', param: 'category', label: 'Category', placeholder: 'lighting', hint: 'The whole name.' },
  { kind: 'text', param: 'tag', label: 'Tag', placeholder: 'gift', hint: 'The whole tag.' },
  { kind: 'amounts', from: 'minPrice', to: 'maxPrice', label: 'Price' },
];
const expand = ['inventory'] as const;

/** What the API lets this person do to a product: its links say so. */
const canChange = ({ _links }: ProductRow) => _links.update !== undefined;
const setStatus = (status: ProductRow['status']) => (row: ProductRow) =>
  api.call(updateProduct, { params: { id: row.id }, body: { status }, ifMatch: row.version });
const counted = (count: number, verb: string) =>
  `${formatCount(count)} ${count === 1 ? 'product' : 'products'} ${verb}`;

const actions: readonly BulkAction<ProductRow>[] = [
  {
    label: 'Publish',
    icon: <CircleCheck aria-hidden />,
    can: (row) => canChange(row) && row.status !== 'published',
    run: setStatus('published'),
    done: (count) => counted(count, 'published'),
  },
  {
    label: 'Archive',
    icon: <Archive aria-hidden />,
    can: (row) => canChange(row) && row.status !== 'archived',
    run: setStatus('archived'),
    done: (count) => counted(count, 'archived'),
  },
  {
    label: 'Delete',
    icon: <Trash2 aria-hidden />,
    tone: 'danger',
    can: ({ _links }) => _links.delete !== undefined,
    run: (row) => api.call(deleteProduct, { params: { id: row.id }, ifMatch: row.version }),
    confirm: {
      title: (count) => `Delete ${count === 1 ? 'this product' : `these ${formatCount(count)} products`}?`,
      description: 'They leave every list for good. Orders that name them keep what they say.',
      confirmLabel: 'Delete',
    },
    done: (count) => counted(count, 'deleted'),
  },
];
const noActions: readonly BulkAction<ProductRow>[] = [];

export function ProductList() {
  const sells = useCan('products:write');
  const empty = useMemo(
    () => ({
      icon: <Package aria-hidden />,
      title: 'No products yet',
      description: sells
        ? 'Create the first one; a draft is seen by nobody else.'
        : 'Come back when the shop has opened.',
      action: sells && (
        <ButtonLink href="/products/new" variant="primary" size="sm" icon={<Plus aria-hidden />}>
          New product
        </ButtonLink>
      ),
    }),
    [sells],
  );
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Products"
        description={sells ? 'What is for sale, what is left of it, and what is being prepared.' : 'What is for sale.'}
        actions={
          sells && (
            <ButtonLink href="/products/new" variant="primary" icon={<Plus aria-hidden />}>
              New product
            </ButtonLink>
          )
        }
      />
      <DataTable
        contract={listProducts}
        name="products"
        columns={columns}
        filters={filters}
        search={{
          label: 'Search products',
          placeholder: 'Name, stock code or tag',
          hint: 'Type at least 2 characters.',
        }}
        expand={expand}
        sort="createdAt"
        order="desc"
        hrefOf={({ id }) => `/products/${id}`}
        labelOf={({ name }) => name}
        card={(product) => (
          <span className="flex flex-col gap-1.5">
            <span className="flex items-start justify-between gap-3">
              <span className="min-w-0 truncate font-medium">{product.name}</span>
              <span className="numeric shrink-0 font-medium">{formatMoney(product.price, product.currency)}</span>
            </span>
            <span className="flex flex-wrap items-center gap-2 text-sm text-muted">
              <ProductStatusBadge status={product.status} />
              <span className="numeric">
                <Stock product={product} words=" in stock" />
              </span>
              <span className="ms-auto truncate">{product.category}</span>
            </span>
          </span>
        )}
        actions={sells ? actions : noActions}
        empty={empty}
      />
    </div>
  );
}
