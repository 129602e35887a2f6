'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { type BaseSyntheticEvent, lazy, Suspense, useEffect, useState } from 'react';
import { overview } from '../../../../../shared/contracts/analytics/overview.ts';
import { series } from '../../../../../shared/contracts/analytics/series.ts';
import { getOrder } from '../../../../../shared/contracts/orders/get-order.ts';
import { listOrders } from '../../../../../shared/contracts/orders/list-orders.ts';
import { placeOrder } from '../../../../../shared/contracts/orders/place-order.ts';
import { getProduct } from '../../../../../shared/contracts/products/get-product.ts';
import { listProducts } from '../../../../../shared/contracts/products/list-products.ts';
import { idSchema } from '../../../../../shared/ids.ts';
import { formatMoney } from '../../../../components/data/format.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { useFormDraft } from '../../../../components/data/use-form-draft.ts';
import { Alert } from '../../../../components/ui/alert';
import { Button } from '../../../../components/ui/button';
import { ButtonLink } from '../../../../components/ui/button-link';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { Field } from '../../../../components/ui/field';
import { Input } from '../../../../components/ui/input';
import { Skeleton } from '../../../../components/ui/skeleton';
import { Textarea } from '../../../../components/ui/textarea';
import { toast } from '../../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { queryKeyOf, useMutationOf, useOperation } from '../../../../lib/operations.ts';
import { fieldSentence, type Words } from '../../../../lib/problems.ts';
import { useSession } from '../../../../lib/session.tsx';
import {
  added,
  findProblems,
  MAX_LINES,
  type Refusal,
  refusalOf,
  totals,
  withoutLine,
  withQuantity,
} from '../basket.ts';
import { BasketLines } from './basket-lines.tsx';
import { emptyDetails, orderDetails } from './order-values.ts';
import { useBasket } from './use-basket.ts';

// The list that floats below the field weighs as much as the rest of the page.
const ProductSearch = lazy(() => import('./product-search.tsx'));

const productId = idSchema('product');
const noProblems: Readonly<Record<string, string>> = {};

export function NewOrder() {
  const router = useRouter();
  const client = useQueryClient();
  const user = useSession();
  const [lines, setLines] = useBasket(`${user.id}.new-order.basket`);
  const form = useContractForm(orderDetails, { defaultValues: emptyDetails });
  const draft = useFormDraft(form, `${user.id}.new-order`);
  const [refusal, setRefusal] = useState<Refusal>();
  const [problems, setProblems] = useState(noProblems);
  const [problem, setProblem] = useState<Words>();

  // "Order" on a product's page brings that product along, once.
  const asked = useSearchParams().get('product') ?? '';
  const isAsked = productId.safeParse(asked).success;
  const offered = useOperation(getProduct, { params: { id: asked } }, { enabled: isAsked });
  useEffect(() => {
    if (!offered.data) return;
    const { id, name, price, currency, seller, inventory } = offered.data;
    const stock = inventory.trackInventory ? inventory.stock : undefined;
    setLines((before) =>
      before.some(({ product }) => product.id === id)
        ? [...before]
        : added(before, { id, name, price, currency, seller, ...(stock !== undefined && { stock }) }),
    );
    router.replace('/orders/new');
  }, [offered.data, router, setLines]);

  const place = useMutationOf(placeOrder, {
    invalidates: [listOrders, listProducts, overview, series],
    onSuccess: (order) => {
      setLines(() => []);
      draft.forget();
      client.setQueryData(queryKeyOf(getOrder, { params: { id: order.id } }), order);
      for (const { productId: id } of order.lines)
        void client.invalidateQueries({ queryKey: queryKeyOf(getProduct, { params: { id } }) });
      toast({ tone: 'good', title: `Order ${order.number} was placed` });
      router.push(`/orders/${order.id}`);
    },
    onError: (error) => {
      const lineRefusal = refusalOf(error);
      setRefusal(lineRefusal);
      if (!lineRefusal) setProblem(showProblems(form, error));
    },
  });

  const change: typeof setLines = (next) => {
    setLines(next);
    setRefusal(undefined);
    setProblems(noProblems);
    setProblem(undefined);
  };
  const submit = (event: BaseSyntheticEvent) => {
    event.preventDefault();
    if (place.isPending) return;
    const found = findProblems(lines);
    setProblems(found);
    setRefusal(undefined);
    setProblem(lines.length === 0 ? { title: 'Choose at least one product', text: '' } : undefined);
    void form.handleSubmit((details) => {
      if (lines.length === 0 || Object.keys(found).length > 0) return;
      const wanted = lines.map(({ product, quantity = 1 }) => ({ productId: product.id, quantity }));
      place.submit({ body: { lines: wanted, ...details } });
    })(event);
  };
  const { register, formState } = form;
  const { shippingAddress: wrong, note: wrongNote } = formState.errors;
  const said = (error: { message?: string | undefined } | undefined) => error?.message && fieldSentence(error.message);
  const sums = totals(lines);

  return (
    <form noValidate onSubmit={submit} aria-label="Order" className="flex flex-col gap-5">
      <PageHeader title="New order" description="Prices and stock are fixed in the moment the order is placed." />
      {offered.trouble && isAsked && !offered.data && (
        <Alert tone="warn" role="status" title="The product of the link could not be loaded">
          {offered.isTryingAgain ? 'Trying again.' : 'Search for it below.'}
        </Alert>
      )}
      {(refusal?.form || problem) && (
        <Alert role="alert" tone="bad" title={refusal?.form ?? problem?.title ?? ''}>
          {problem?.text}
          {problem?.requestId && <span className="block text-xs">Request {problem.requestId}</span>}
          {refusal && refusal.split.length > 1 && (
            <span className="mt-2 flex flex-wrap gap-2">
              {refusal.split.map((part, index) => (
                <Button
                  key={part.join(' ')}
                  size="sm"
                  onClick={() => change((before) => before.filter(({ product }) => part.includes(product.id)))}
                >
                  Keep only order {index + 1} ({part.length} {part.length === 1 ? 'line' : 'lines'})
                </Button>
              ))}
            </span>
          )}
        </Alert>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHeader title="Items" />
            <CardBody className="pb-4">
              <Field
                label="Add a product"
                {...(lines.length >= MAX_LINES && { hint: `An order has at most ${MAX_LINES} lines.` })}
              >
                <Suspense fallback={<Skeleton className="h-control-md w-full rounded-md!" />}>
                  <ProductSearch
                    onChoose={(product) =>
                      change((before) =>
                        before.length >= MAX_LINES && !before.some((line) => line.product.id === product.id)
                          ? [...before]
                          : added(before, product),
                      )
                    }
                  />
                </Suspense>
              </Field>
            </CardBody>
            <BasketLines
              lines={lines}
              problems={{ ...refusal?.lines, ...problems }}
              available={refusal?.available ?? {}}
              onQuantity={(id, quantity) => change((before) => withQuantity(before, id, quantity))}
              onRemove={(id) => change((before) => withoutLine(before, id))}
            />
          </Card>
          <Card>
            <CardHeader title="Delivery" description="Leave it empty when nothing is shipped." />
            <CardBody className="grid gap-4 sm:grid-cols-6">
              <Field label="Recipient" className="sm:col-span-6" error={said(wrong?.name)}>
                <Input autoComplete="name" {...register('shippingAddress.name')} />
              </Field>
              <Field label="Address" className="sm:col-span-6" error={said(wrong?.line1)}>
                <Input autoComplete="address-line1" {...register('shippingAddress.line1')} />
              </Field>
              <Field label="Address, second line" optional className="sm:col-span-6" error={said(wrong?.line2)}>
                <Input autoComplete="address-line2" {...register('shippingAddress.line2')} />
              </Field>
              <Field label="Postal code" className="sm:col-span-2" error={said(wrong?.postalCode)}>
                <Input autoComplete="postal-code" {...register('shippingAddress.postalCode')} />
              </Field>
              <Field label="City" className="sm:col-span-4" error={said(wrong?.city)}>
                <Input autoComplete="address-level2" {...register('shippingAddress.city')} />
              </Field>
              <Field label="Region" optional className="sm:col-span-4" error={said(wrong?.region)}>
                <Input autoComplete="address-level1" {...register('shippingAddress.region')} />
              </Field>
              <Field label="Country" hint="Two letters: GB" className="sm:col-span-2" error={said(wrong?.country)}>
                <Input autoComplete="country" maxLength={2} {...register('shippingAddress.country')} />
              </Field>
              <Field label="Note" optional className="sm:col-span-6" error={said(wrongNote)}>
                <Textarea rows={3} {...register('note')} />
              </Field>
            </CardBody>
          </Card>
        </div>
        <Card className="lg:sticky lg:top-18">
          <CardHeader title="Summary" />
          <CardBody className="flex flex-col gap-4">
            <dl className="numeric flex flex-col gap-2">
              <div className="flex justify-between gap-4">
                <dt className="text-muted">Items</dt>
                <dd>{lines.reduce((sum, { quantity = 0 }) => sum + quantity, 0)}</dd>
              </div>
              {sums.map(({ currency, total }) => (
                <div key={currency} className="flex items-baseline justify-between gap-4 border-t pt-2">
                  <dt className="font-medium">Total</dt>
                  <dd aria-live="polite" className="text-xl font-semibold">
                    {formatMoney(total, currency)}
                  </dd>
                </div>
              ))}
            </dl>
            <Button type="submit" variant="primary" size="lg" wide loading={place.isPending}>
              Place order
            </Button>
            <p role="status" className="text-sm text-muted empty:hidden">
              {place.isTryingAgain ? 'The service does not answer. Trying again; the order is placed only once.' : ''}
            </p>
            <ButtonLink href="/orders" variant="ghost" wide>
              Later
            </ButtonLink>
          </CardBody>
        </Card>
      </div>
    </form>
  );
}
