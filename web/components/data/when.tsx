'use client';
/** A moment as people say it, with the exact one for machines and on hover. */
import { formatAge, formatMoment } from './format.ts';

export function When({ at, exact = false }: { at: string; exact?: boolean }) {
  return (
    <time dateTime={at} title={exact ? undefined : formatMoment(at)}>
      {exact ? formatMoment(at) : formatAge(at)}
    </time>
  );
}
