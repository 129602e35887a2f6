'use client';

import { Activity, BookOpen, CircleHelp, Keyboard } from 'lucide-react';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem } from '../ui/menu';

/** What helps: the keys, the API's documentation, and whether everything is up. */
export function HelpMenu({ onShortcuts }: { onShortcuts: () => void }) {
  return (
    <Menu trigger={<IconButton plain label="Help" icon={<CircleHelp aria-hidden />} />}>
      <MenuItem icon={<Keyboard aria-hidden />} shortcut="?" onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<BookOpen aria-hidden />} onSelect={() => window.open('/api/v1/docs', '_blank', 'noopener')}>
        API documentation
      </MenuItem>
      <MenuItem icon={<Activity aria-hidden />} href="/status">
        System status
      </MenuItem>
    </Menu>
  );
}
