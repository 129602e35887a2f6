'use client';
import { Archive, CircleCheck, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuSeparator } from '../../../../components/ui/menu';
import type { Product } from './product-record.ts';

export interface ProductMenuProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  product: Product;
  onStatus: (status: Product['status']) => void;
  onDelete: () => void;
}

/** What else may be done with a product: the API's links say so. */
export default function ProductMenu({ trigger, open, onOpenChange, product, onStatus, onDelete }: ProductMenuProps) {
  const { update, delete: remove } = product._links;
  return (
    <Menu trigger={trigger} open={open} onOpenChange={onOpenChange}>
      {update && product.status !== 'published' && (
        <MenuItem icon={<CircleCheck aria-hidden />} onSelect={() => onStatus('published')}>
          Publish
        </MenuItem>
      )}
      {update && product.status !== 'archived' && (
        <MenuItem icon={<Archive aria-hidden />} onSelect={() => onStatus('archived')}>
          Archive
        </MenuItem>
      )}
      {remove && (
        <>
          {update && <MenuSeparator />}
          <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={onDelete}>
            Delete…
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
