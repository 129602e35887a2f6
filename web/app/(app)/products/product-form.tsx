'use client';
/** The form of a product, new or not. */
import type { BaseSyntheticEvent } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { type Currency, currencies } from '../../../../shared/money.ts';
import type { FormDraft } from '../../../components/data/use-form-draft.ts';
import { Alert } from '../../../components/ui/alert';
import { Button } from '../../../components/ui/button';
import { ButtonLink } from '../../../components/ui/button-link';
import { Card, CardBody, CardHeader } from '../../../components/ui/card';
import { Field } from '../../../components/ui/field';
import { Input } from '../../../components/ui/input';
import { MoneyInput } from '../../../components/ui/money-input';
import { NumberInput } from '../../../components/ui/number-input';
import { RadioGroup } from '../../../components/ui/radio-group';
import { Select } from '../../../components/ui/select';
import { Switch } from '../../../components/ui/switch';
import { Textarea } from '../../../components/ui/textarea';
import { fieldSentence, type Words } from '../../../lib/problems.ts';
import type { ProductBody, ProductInput } from './product-values.ts';
import { TagInput } from './tag-input.tsx';

export interface ProductFormProps {
  form: UseFormReturn<ProductInput, unknown, ProductBody>;
  draft: FormDraft;
  /** What belongs to no single field. */
  problem: Words | undefined;
  isSaving: boolean;
  isTryingAgain: boolean;
  submitLabel: string;
  cancelHref: string;
  onSubmit: (body: ProductBody) => void;
}

const currencyOptions = currencies.map((value) => ({ value, label: value }));

export function ProductForm({
  form,
  draft,
  problem,
  isSaving,
  isTryingAgain,
  submitLabel,
  cancelHref,
  onSubmit,
}: ProductFormProps) {
  const { register, control, formState, watch } = form;
  const { errors } = formState;
  const [currency = 'GBP', counts = true] = watch(['currency', 'inventory.trackInventory']);
  const said = (message: string | undefined) => message && fieldSentence(message);
  const submit = (event: BaseSyntheticEvent) => {
    // A second press while it runs is the same request.
    if (isSaving) event.preventDefault();
    else void form.handleSubmit(onSubmit)(event);
  };
  return (
    <form noValidate onSubmit={submit} aria-label="Product" className="flex flex-col gap-5">
      {draft.isRestored && (
        <Alert
          role="status"
          title="What you typed before was kept"
          action={
            <Button size="sm" onClick={draft.discard}>
              Start over
            </Button>
          }
        >
          Go on where you stopped, or start over.
        </Alert>
      )}
      {problem && (
        <Alert role="alert" tone="bad" title={problem.title}>
          {problem.text}
          {problem.requestId && <span className="block text-xs">Request {problem.requestId}</span>}
        </Alert>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <CardHeader title="About" />
          <CardBody className="flex flex-col gap-5">
            <Field label="Name" required error={said(errors.name?.message)}>
              <Input {...register('name')} autoComplete="off" />
            </Field>
            <Field label="Description" optional error={said(errors.description?.message)}>
              <Textarea rows={6} {...register('description')} />
            </Field>
            <div className="grid gap-5 sm:grid-cols-2">
              <Field label="Category" required error={said(errors.category?.message)}>
                <Input {...register('category')} autoComplete="off" placeholder="lighting" />
              </Field>
              <Field
                label="Stock code"
                optional
                error={said(errors.sku?.message)}
                hint="Yours alone: no two products of a seller share one."
              >
                <Input {...register('sku')} autoComplete="off" spellCheck={false} className="font-mono" />
              </Field>
            </div>
            <Controller
              control={control}
              name="tags"
              render={({ field, fieldState }) => (
                <Field
                  label="Tags"
                  optional
                  hint="Up to 8. Enter or a comma ends one."
                  error={said(fieldState.error?.message ?? tagError(errors.tags))}
                >
                  <TagInput value={field.value ?? []} onChange={field.onChange} onBlur={field.onBlur} ref={field.ref} />
                </Field>
              )}
            />
          </CardBody>
        </Card>
        <div className="flex flex-col gap-5">
          <Card>
            <CardHeader title="Price" />
            <CardBody className="grid grid-cols-[minmax(0,1fr)_6.5rem] items-start gap-3">
              <Field label="Price" required error={said(errors.price?.message)}>
                <MoneyInput currency={currency as Currency} {...register('price')} />
              </Field>
              <Field label="Currency" error={said(errors.currency?.message)}>
                <Select options={currencyOptions} {...register('currency')} />
              </Field>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Stock" />
            <CardBody className="flex flex-col gap-5">
              <Switch
                label="Count the stock"
                hint="Without it, the product never sells out."
                {...register('inventory.trackInventory')}
              />
              <div className="grid grid-cols-2 items-start gap-3">
                <Field label="In stock" error={said(errors.inventory?.stock?.message)}>
                  <NumberInput min={0} readOnly={!counts} {...register('inventory.stock', { valueAsNumber: true })} />
                </Field>
                <Field label="Low below" error={said(errors.inventory?.lowStockThreshold?.message)}>
                  <NumberInput
                    min={0}
                    readOnly={!counts}
                    {...register('inventory.lowStockThreshold', { valueAsNumber: true })}
                  />
                </Field>
              </div>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Status" />
            <CardBody>
              <Controller
                control={control}
                name="status"
                render={({ field }) => (
                  <Field label="Status" group hideLabel>
                    <RadioGroup
                      name={field.name}
                      value={field.value ?? 'draft'}
                      onChange={field.onChange}
                      options={[
                        { value: 'draft', label: 'Draft', hint: 'Seen by you only' },
                        { value: 'published', label: 'Published', hint: 'For sale' },
                        { value: 'archived', label: 'Archived', hint: 'No longer for sale' },
                      ]}
                    />
                  </Field>
                )}
              />
            </CardBody>
          </Card>
        </div>
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t bg-canvas px-4 py-3 max-md:bottom-14 md:-mx-6 md:px-6 lg:-mx-8 lg:px-8">
        <p role="status" className="me-auto text-sm text-muted">
          {isTryingAgain
            ? 'The service does not answer. Trying again; nothing is lost.'
            : formState.isDirty && !isSaving
              ? 'Not saved yet'
              : ''}
        </p>
        <ButtonLink href={cancelHref} variant="ghost" onClick={draft.forget}>
          Cancel
        </ButtonLink>
        <Button type="submit" variant="primary" loading={isSaving}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** A single tag may be wrong: the errors of a list stand at its places. */
function tagError(error: unknown): string | undefined {
  if (!Array.isArray(error)) return undefined;
  return error.find((each) => each?.message)?.message;
}
