'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useRef, useState } from 'react';
import type * as z from 'zod';
import { ApiProblem } from '../../../../../../shared/client.ts';
import { getProduct } from '../../../../../../shared/contracts/products/get-product.ts';
import { listProducts } from '../../../../../../shared/contracts/products/list-products.ts';
import { updateProduct } from '../../../../../../shared/contracts/products/update-product.ts';
import { idSchema } from '../../../../../../shared/ids.ts';
import { PageHeader } from '../../../../../components/data/page-header.tsx';
import { RecordState } from '../../../../../components/data/record-state.tsx';
import { useFormDraft } from '../../../../../components/data/use-form-draft.ts';
import { useRecordId } from '../../../../../components/data/use-record-id.ts';
import { usePageName } from '../../../../../components/shell/crumbs';
import { Skeleton } from '../../../../../components/ui/skeleton';
import { toast } from '../../../../../components/ui/toast';
import { api } from '../../../../../lib/api.ts';
import { showProblems, useContractForm } from '../../../../../lib/forms.ts';
import { queryKeyOf, useMutationOf, useOperation } from '../../../../../lib/operations.ts';
import { type Words, wordsFor } from '../../../../../lib/problems.ts';
import { useSession } from '../../../../../lib/session.tsx';
import { changedFields, differences, pick } from '../../conflict.ts';
import { ProductForm } from '../../product-form.tsx';
import { newProductBody, type ProductBody, valuesOf } from '../../product-values.ts';

type Product = z.output<typeof getProduct.output>;
type Patch = z.input<typeof updateProduct.body>;
const productId = idSchema('product');
/** Rarely needed: it comes when the API says that there is a conflict. */
const loadConflictDialog = () => import('../../conflict-dialog.tsx');
const ConflictDialog = lazy(loadConflictDialog);

export function EditProduct() {
  const id = useRecordId(productId);
  const reading = useOperation(getProduct, { params: { id: id ?? '' } }, { enabled: id !== undefined });
  if (!reading.data)
    return <RecordState name="product" id={id} reading={reading} skeleton={<FormSkeleton />} listHref="/products" />;
  return <Editor product={reading.data} />;
}

/** What is edited is the product as it stood when the page was opened: what others change meanwhile is noticed when saving. */
function Editor({ product: latest }: { product: Product }) {
  const router = useRouter();
  const client = useQueryClient();
  const user = useSession();
  const [before, setBefore] = useState(latest);
  const [theirs, setTheirs] = useState<Product>();
  const [problem, setProblem] = useState<Words>();
  const mine = useRef<ProductBody>(undefined);
  const form = useContractForm(newProductBody, { defaultValues: valuesOf(before) });
  const draft = useFormDraft(form, `${user.id}.${before.id}`);
  usePageName(latest.name, `/products/${latest.id}`);
  usePageName('Edit');

  const params = { id: before.id };
  const update = useMutationOf(updateProduct, {
    invalidates: [listProducts],
    onSuccess: (product) => {
      draft.forget();
      client.setQueryData(queryKeyOf(getProduct, { params }), product);
      toast({ tone: 'good', title: `${product.name} was saved` });
      router.push(`/products/${product.id}`);
    },
    onError: async (error) => {
      if (error instanceof ApiProblem && (error.code === 'PRECONDITION_FAILED' || error.code === 'CONFLICT')) {
        try {
          const [stored] = await Promise.all([api.call(getProduct, { params }), loadConflictDialog()]);
          setTheirs(stored);
          return;
        } catch (failure) {
          setProblem(wordsFor(failure));
          return;
        }
      }
      setProblem(showProblems(form, error));
    },
  });

  const save = (body: ProductBody, from: Product) => {
    mine.current = body;
    setProblem(undefined);
    const fields = changedFields(valuesOf(from), body);
    if (fields.length === 0) {
      draft.forget();
      router.push(`/products/${from.id}`);
      return;
    }
    const patch = pick(body, fields) as Patch;
    // An emptied stock code is taken away; a new currency needs its price beside it.
    if (fields.includes('sku') && body.sku === undefined) patch.sku = null;
    if (fields.includes('currency')) patch.price = body.price;
    update.submit({ params, body: patch, ifMatch: from.version });
  };

  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={`Edit ${before.name}`} />
      <ProductForm
        form={form}
        draft={draft}
        problem={problem}
        isSaving={update.isPending}
        isTryingAgain={update.isTryingAgain}
        submitLabel="Save changes"
        cancelHref={`/products/${before.id}`}
        onSubmit={(body) => save(body, before)}
      />
      {theirs && mine.current && (
        <Suspense>
          <ConflictDialog
            differences={differences(valuesOf(before), mine.current, valuesOf(theirs))}
            onKeepEditing={() => setTheirs(undefined)}
            onTakeTheirs={() => {
              setBefore(theirs);
              form.reset(valuesOf(theirs));
              draft.forget();
              setTheirs(undefined);
            }}
            onKeepMine={() => {
              const body = mine.current;
              if (!body) return;
              // Only what this person changed goes over the other's version: the rest of theirs stays.
              const own = pick(body, changedFields(valuesOf(before), body));
              const merged = { ...valuesOf(theirs), ...own } as ProductBody;
              merged.inventory = { ...theirs.inventory, ...(own.inventory as object | undefined) };
              setTheirs(undefined);
              setBefore(theirs);
              save(merged, theirs);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function FormSkeleton() {
  return (
    <div className="flex flex-col gap-5" role="status" aria-label="Loading the product">
      <Skeleton className="h-9 w-80 max-w-full" />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-128 w-full" />
        <Skeleton className="h-128 w-full" />
      </div>
    </div>
  );
}
