'use client';
/** A card that is a form of its own: its fields, what is wrong with them as a whole, and its button. */
import type { BaseSyntheticEvent, ReactNode } from 'react';
import { Alert } from '../../../components/ui/alert';
import { Button } from '../../../components/ui/button';
import { Card, CardBody, CardHeader } from '../../../components/ui/card';
import type { Words } from '../../../lib/problems';

export interface FormCardProps {
  id: string;
  title: string;
  description: string;
  /** What belongs to no single field. */
  problem: Words | undefined;
  isDirty: boolean;
  isSaving: boolean;
  onSubmit: (event: BaseSyntheticEvent) => Promise<void>;
  children: ReactNode;
}

export function FormCard({ id, title, description, problem, isDirty, isSaving, onSubmit, children }: FormCardProps) {
  return (
    <Card aria-labelledby={id}>
      <CardHeader titleId={id} title={title} description={description} divided />
      <CardBody>
        <form
          noValidate
          aria-labelledby={id}
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            // A second press while it runs is the same request.
            if (isSaving) event.preventDefault();
            else void onSubmit(event);
          }}
        >
          {problem && (
            <Alert role="alert" tone="bad" title={problem.title}>
              {problem.text}
              {problem.requestId && <span className="block text-xs">Request {problem.requestId}</span>}
            </Alert>
          )}
          {children}
          <div className="flex items-center justify-end gap-3">
            <p role="status" className="text-sm text-muted">
              {isDirty && !isSaving ? 'Not saved yet' : ''}
            </p>
            <Button type="submit" variant="primary" disabled={!isDirty} loading={isSaving}>
              Save {title.toLowerCase()}
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
