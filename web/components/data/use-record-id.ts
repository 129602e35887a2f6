/** The record that the address names. The page of all records of a kind is one exported file, so it is read in the browser. */
import { usePathname } from 'next/navigation';
import type * as z from 'zod';

/** The second part of the path when it is an id of this kind; undefined before hydration and for anything else. */
export function useRecordId(schema: z.ZodType<string>): string | undefined {
  const id = usePathname().split('/')[2];
  return schema.safeParse(id).success ? id : undefined;
}
