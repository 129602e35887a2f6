'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { createProduct } from '../../../../../shared/contracts/products/create-product.ts';
import { getProduct } from '../../../../../shared/contracts/products/get-product.ts';
import { listProducts } from '../../../../../shared/contracts/products/list-products.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { useFormDraft } from '../../../../components/data/use-form-draft.ts';
import { toast } from '../../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { queryKeyOf, useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';
import { useSession } from '../../../../lib/session.tsx';
import { ProductForm } from '../product-form.tsx';
import { emptyProduct, newProductBody } from '../product-values.ts';

export function NewProduct() {
  const router = useRouter();
  const client = useQueryClient();
  const user = useSession();
  const form = useContractForm(newProductBody, { defaultValues: emptyProduct });
  const draft = useFormDraft(form, `${user.id}.new-product`);
  const [problem, setProblem] = useState<Words>();
  const create = useMutationOf(createProduct, {
    invalidates: [listProducts],
    onSuccess: (product) => {
      draft.forget();
      // Its page shows it at once; the lists follow in a moment.
      client.setQueryData(queryKeyOf(getProduct, { params: { id: product.id } }), product);
      toast({ tone: 'good', title: `${product.name} was created` });
      router.push(`/products/${product.id}`);
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="New product" description="A draft is seen by nobody else until you publish it." />
      <ProductForm
        form={form}
        draft={draft}
        problem={problem}
        isSaving={create.isPending}
        isTryingAgain={create.isTryingAgain}
        submitLabel="Create product"
        cancelHref="/products"
        onSubmit={(body) => {
          setProblem(undefined);
          create.submit({ body });
        }}
      />
    </div>
  );
}
