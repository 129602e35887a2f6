'use client';

import { Activity, BookOpen, Keyboard } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuItem } from '../ui/menu';
import { HelpButton } from './help-button';

/** What helps: the keys, the API's documentation, and whether everything is up. */
export default function HelpMenu({ onShortcuts, defaultOpen }: { onShortcuts: () => void; defaultOpen: boolean }) {
  const [isOpen, setOpen] = useState(defaultOpen);
  return (
    <Menu open={isOpen} onOpenChange={setOpen} trigger={<HelpButton />}>
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
