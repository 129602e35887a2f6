'use client';
import { Ellipsis, Pencil, ShoppingCart } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { lazy, useState } from 'react';
import { deleteProduct } from '../../../../../shared/contracts/products/delete-product.ts';
import { getProduct } from '../../../../../shared/contracts/products/get-product.ts';
import { listProducts } from '../../../../../shared/contracts/products/list-products.ts';
import { updateProduct } from '../../../../../shared/contracts/products/update-product.ts';
import { idSchema } from '../../../../../shared/ids.ts';
import { HOUSE } from '../../../../../shared/permissions.ts';
import { formatCount, formatMoney } from '../../../../components/data/format.ts';
import { OnDemand } from '../../../../components/data/on-demand.tsx';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { RecordState } from '../../../../components/data/record-state.tsx';
import { TroubleNotice } from '../../../../components/data/trouble-notice.tsx';
import { useRecordId } from '../../../../components/data/use-record-id.ts';
import { When } from '../../../../components/data/when.tsx';
import { usePageName } from '../../../../components/shell/crumbs';
import { Badge } from '../../../../components/ui/badge';
import { Button } from '../../../../components/ui/button';
import { ButtonLink } from '../../../../components/ui/button-link';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog';
import { KeyValue } from '../../../../components/ui/key-value';
import { Skeleton } from '../../../../components/ui/skeleton';
import { ProductStatusBadge, StockBadge } from '../../../../components/ui/status-badge';
import { toast } from '../../../../components/ui/toast';
import { useMutationOf, useOperation } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';
import { useSession } from '../../../../lib/session.tsx';
import type { Product } from './product-record.ts';

const loadMenu = () => import('./product-menu.tsx');
const ProductMenu = lazy(loadMenu);
const productId = idSchema('product');

export function ProductDetail() {
  const id = useRecordId(productId);
  const reading = useOperation(
    getProduct,
    { params: { id: id ?? '' } },
    { enabled: id !== undefined, refetchInterval: 15_000 },
  );
  const product = reading.data;
  usePageName(product?.name);
  if (!product)
    return <RecordState name="product" id={id} reading={reading} skeleton={<DetailSkeleton />} listHref="/products" />;
  return (
    <div className="flex flex-col gap-5">
      {reading.trouble && (
        <TroubleNotice
          error={reading.trouble}
          isTryingAgain={reading.isTryingAgain}
          onRetry={() => void reading.refetch()}
        />
      )}
      <ProductPage product={product} />
    </div>
  );
}

function ProductPage({ product }: { product: Product }) {
  const user = useSession();
  const { inventory } = product;
  const seller = product.seller === HOUSE ? 'The company' : product.seller === user.id ? 'You' : product.seller;
  const isForSale = product.status === 'published' && (inventory.stock > 0 || !inventory.trackInventory);
  return (
    <>
      <PageHeader
        title={product.name}
        badge={
          <span className="flex gap-1.5">
            <ProductStatusBadge status={product.status} />
            <StockBadge state={inventory.state} />
          </span>
        }
        actions={
          <>
            {isForSale && (
              <ButtonLink href={`/orders/new?product=${product.id}`} icon={<ShoppingCart aria-hidden />}>
                Order
              </ButtonLink>
            )}
            <ProductActions product={product} />
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <CardHeader title="About" />
          <CardBody className="flex flex-col gap-5">
            {product.description ? (
              <p className="max-w-prose text-pretty whitespace-pre-line">{product.description}</p>
            ) : (
              <p className="text-subtle">No description yet.</p>
            )}
            <KeyValue
              items={[
                { label: 'Category', value: product.category },
                {
                  label: 'Tags',
                  value: product.tags.length > 0 && (
                    <span className="flex flex-wrap gap-1">
                      {product.tags.map((tag) => (
                        <Badge key={tag}>{tag}</Badge>
                      ))}
                    </span>
                  ),
                },
                { label: 'Stock code', value: product.sku, ...(product.sku && { copy: product.sku }) },
                { label: 'Id', value: <span className="font-mono text-sm">{product.id}</span>, copy: product.id },
              ].map((item) => ({ ...item, value: item.value || undefined }))}
            />
          </CardBody>
        </Card>
        <div className="flex flex-col gap-5">
          <Card>
            <CardHeader title="Price and stock" />
            <CardBody className="flex flex-col gap-4">
              <p className="numeric text-3xl font-semibold">{formatMoney(product.price, product.currency)}</p>
              <KeyValue
                items={
                  inventory.trackInventory
                    ? [
                        { label: 'In stock', value: formatCount(inventory.stock) },
                        { label: 'Low below', value: formatCount(inventory.lowStockThreshold) },
                      ]
                    : [{ label: 'In stock', value: 'Not counted: always for sale' }]
                }
              />
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="History" />
            <CardBody>
              <KeyValue
                items={[
                  { label: 'Seller', value: seller },
                  { label: 'Created', value: <When at={product.createdAt} exact /> },
                  { label: 'Changed', value: <When at={product.updatedAt} exact /> },
                  { label: 'Version', value: formatCount(product.version) },
                ]}
              />
            </CardBody>
          </Card>
        </div>
      </div>
    </>
  );
}

/** What this person may do with it: the API's links say so. */
function ProductActions({ product }: { product: Product }) {
  const router = useRouter();
  const [isDeleting, setDeleting] = useState(false);
  const params = { id: product.id };
  const change = useMutationOf(updateProduct, {
    invalidates: [getProduct, listProducts],
    // The badge follows the press; the API's refusal takes it back.
    optimistic: (edit, { body }) =>
      edit(getProduct, { params }, (read) => ({ ...read, status: body?.status ?? read.status })),
    onError: (error) => {
      const { title, text } = wordsFor(error);
      toast({ tone: 'bad', title: 'The status was not changed', description: `${title}. ${text}` });
    },
  });
  const remove = useMutationOf(deleteProduct, { invalidates: [listProducts] });
  const setStatus = (status: Product['status']) =>
    change.submit({ params, body: { status }, ifMatch: product.version });

  if (!product._links.update && !product._links.delete) return null;
  return (
    <>
      {product._links.update && (
        <ButtonLink href={`/products/${product.id}/edit`} variant="primary" icon={<Pencil aria-hidden />}>
          Edit
        </ButtonLink>
      )}
      <OnDemand
        load={loadMenu}
        trigger={(reach) => <Button aria-label="More actions" size="icon" icon={<Ellipsis aria-hidden />} {...reach} />}
      >
        {(trigger, open, onOpenChange) => (
          <ProductMenu
            trigger={trigger}
            open={open}
            onOpenChange={onOpenChange}
            product={product}
            onStatus={setStatus}
            onDelete={() => setDeleting(true)}
          />
        )}
      </OnDemand>
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setDeleting}
        title={`Delete ${product.name}?`}
        description="It leaves every list for good. Orders that name it keep what they say."
        confirmLabel="Delete product"
        tone="danger"
        onConfirm={async () => {
          await remove.submitAsync({ params, ifMatch: product.version });
          toast({ tone: 'good', title: `${product.name} was deleted` });
          router.push('/products');
        }}
      />
    </>
  );
}

function DetailSkeleton() {
  return (
    <div className="flex flex-col gap-5" role="status" aria-label="Loading the product">
      <Skeleton className="h-9 w-80 max-w-full" />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-72 w-full" />
        <Skeleton className="h-80 w-full" />
      </div>
    </div>
  );
}
