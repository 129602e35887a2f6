'use client';
/** What people say of themselves beside their account. */
import { useState } from 'react';
import type * as z from 'zod';
import { getProfile } from '../../../../shared/contracts/users/get-profile.ts';
import { replaceProfile } from '../../../../shared/contracts/users/replace-profile.ts';
import { Field } from '../../../components/ui/field';
import { Input } from '../../../components/ui/input';
import { Select } from '../../../components/ui/select';
import { Textarea } from '../../../components/ui/textarea';
import { toast } from '../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../lib/forms';
import { useMutationOf } from '../../../lib/operations';
import { fieldSentence, type Words } from '../../../lib/problems';
import { FormCard } from './form-card';

const locales = [
  ...['en-GB', 'en-US', 'en-IE', 'en-AU', 'de-DE', 'de-AT', 'de-CH', 'fr-FR', 'fr-CH', 'es-ES', 'it-IT', 'nl-NL'],
  ...['pl-PL', 'pt-PT', 'pt-BR', 'da-DK', 'sv-SE', 'nb-NO', 'fi-FI', 'cs-CZ', 'tr-TR', 'ja-JP', 'zh-CN', 'ko-KR'],
];

/** Those offered, and the one that is chosen already. */
const withChosen = (offered: readonly string[], chosen: string | undefined) =>
  chosen === undefined || offered.includes(chosen) ? offered : [chosen, ...offered];

export default function AboutForm({ profile }: { profile: z.output<typeof getProfile.output> }) {
  const [problem, setProblem] = useState<Words>();
  const { firstName, lastName, bio, phone, timeZone, locale } = profile;
  const form = useContractForm(replaceProfile.body, {
    values: { firstName, lastName, bio, phone, timeZone, locale },
    resetOptions: { keepDirtyValues: true },
  });
  const change = useMutationOf(replaceProfile, {
    invalidates: [getProfile],
    onSuccess: (_, { body }) => {
      setProblem(undefined);
      form.reset(body);
      toast({ tone: 'good', title: 'Your profile was saved' });
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  const { errors, isDirty } = form.formState;
  const said = (message: string | undefined) => message && fieldSentence(message);
  const orNothing = { setValueAs: (value: string | undefined) => (value === '' ? undefined : value) };
  const languages = new Intl.DisplayNames('en', { type: 'language' });
  return (
    <FormCard
      id="about"
      title="About you"
      description="For those who work with you. All of it is up to you."
      problem={problem}
      isDirty={isDirty}
      isSaving={change.isPending}
      onSubmit={form.handleSubmit((body) =>
        change.submit({ params: { id: profile.userId }, body, ifMatch: profile.version }),
      )}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="First name" optional error={said(errors.firstName?.message)}>
          <Input {...form.register('firstName', orNothing)} autoComplete="given-name" />
        </Field>
        <Field label="Last name" optional error={said(errors.lastName?.message)}>
          <Input {...form.register('lastName', orNothing)} autoComplete="family-name" />
        </Field>
      </div>
      <Field label="Bio" optional hint="Up to 500 characters." error={said(errors.bio?.message)}>
        <Textarea rows={3} {...form.register('bio', orNothing)} />
      </Field>
      <Field label="Phone" optional hint="With the country: +44 20 7946 0000" error={said(errors.phone?.message)}>
        <Input
          type="tel"
          autoComplete="tel"
          {...form.register('phone', {
            setValueAs: (value: string | undefined) => value?.replace(/[\s()/-]/g, '') || undefined,
          })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Time zone" optional error={said(errors.timeZone?.message)}>
          <Select
            placeholder="As this device says"
            options={withChosen(Intl.supportedValuesOf('timeZone'), timeZone).map((value) => ({
              value,
              label: value.replaceAll('_', ' '),
            }))}
            {...form.register('timeZone', orNothing)}
          />
        </Field>
        <Field label="Language and region" optional error={said(errors.locale?.message)}>
          <Select
            placeholder="As this device says"
            options={withChosen(locales, locale).map((value) => ({ value, label: languages.of(value) ?? value }))}
            {...form.register('locale', orNothing)}
          />
        </Field>
      </div>
    </FormCard>
  );
}
