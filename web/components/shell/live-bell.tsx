'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { listNotifications } from '../../../shared/contracts/notifications/list-notifications.ts';
import { backgroundApi } from '../../lib/api.ts';
import { queryOf } from '../../lib/operations.ts';
import { unreadCount } from '../notifications/marking.ts';
import { BellButton } from './bell-button';
import { OnDemandMenu } from './on-demand-menu';

/** Milliseconds after which it is counted again while the page is looked at. */
const EVERY_MS = 5_000;
const loadPanel = () => import('./notifications-panel');

/** Follows how many notifications are unread, and says so when there are more. */
export default function LiveBell({ startsOpen }: { startsOpen: boolean }) {
  const { data } = useQuery({
    ...queryOf(listNotifications, unreadCount),
    queryFn: ({ signal }) => backgroundApi.call(listNotifications, { ...unreadCount, signal }),
    refetchInterval: EVERY_MS,
  });
  const unread = data?.pagination.totalItems;
  const before = useRef<number>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (unread !== undefined && before.current !== undefined && unread > before.current)
      setSaid(`${unread} unread ${unread === 1 ? 'notification' : 'notifications'}`);
    before.current = unread;
  }, [unread]);
  return (
    <>
      <OnDemandMenu
        load={loadPanel}
        props={{ unread: unread ?? 0 }}
        startsOpen={startsOpen}
        button={(press, prepare) => (
          <BellButton unread={unread ?? 0} onClick={press} onPointerEnter={prepare} onFocus={prepare} />
        )}
      />
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
