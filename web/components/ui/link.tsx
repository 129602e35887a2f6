'use client';

import NextLink from 'next/link';
import { type ComponentProps, useState } from 'react';

export type LinkProps = Omit<ComponentProps<typeof NextLink>, 'prefetch'> & {
  /** Of the many of a list: each page that one points at in passing would be fetched. */
  prefetch?: false;
};

/**
 * A link within the app. The page that it leads to is fetched when somebody points at it, touches it or comes to it by keyboard, a moment before they
 * go there; not for being on the screen, as Next.js would: a page of the app would fetch all others with itself, which is half of its requests.
 */
export function Link({ prefetch, onPointerEnter, onFocus, ...props }: LinkProps) {
  const [isMeant, setMeant] = useState(false);
  const mean = () => prefetch !== false && setMeant(true);
  return (
    <NextLink
      {...props}
      prefetch={isMeant ? null : false}
      onPointerEnter={(event) => {
        mean();
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        mean();
        onFocus?.(event);
      }}
    />
  );
}
