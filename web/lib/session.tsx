'use client';
/** Who is signed in, what they may do, and how they sign out. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext } from 'react';
import type * as z from 'zod';
import { logout } from '../../shared/contracts/auth/logout.ts';
import { me } from '../../shared/contracts/auth/me.ts';
import { type Permission, type Scope, scopeOf } from '../../shared/permissions.ts';
import { api } from './api.ts';
import { useOperation } from './operations.ts';
import { announce } from './session-events.ts';

export type SessionUser = z.output<typeof me.output>;

const SessionContext = createContext<SessionUser | undefined>(undefined);
/** Given by the guard once the user is known. */
export const SessionProvider = SessionContext.Provider;

/** The signed-in user, read again from time to time so that a changed role shows. Only below the guard of the app's pages. */
export function useSession(): SessionUser {
  const user = useContext(SessionContext);
  if (!user) throw new Error('useSession is called outside of the pages that need a session.');
  return user;
}

/** The scope in which the signed-in user holds a permission; undefined: not at all. */
export function useCan(permission: Permission): Scope | undefined {
  return scopeOf(useSession().role, permission);
}

/**
 * The user as the guard asks for it: not known yet, known, or not signed in. The API goes by the role of this moment, so the page asks again
 * while it is looked at, and whenever somebody comes back to it; not a second time for one and the same arrival.
 */
export function useMe() {
  return useOperation(me, {}, { refetchInterval: 20_000, staleTime: 3_000, refetchOnWindowFocus: 'always' });
}

/** Signs out here and in all other tabs. What was typed is left behind on purpose. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    // Without an answer the cookies stay: the error is for the caller to show.
    await api.call(logout, { body: {} });
    announce('signed-out');
    client.clear();
    window.location.assign('/sign-in');
  }, [client]);
}
