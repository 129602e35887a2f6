/**
 * For `onOpenAutoFocus`: a form that opens is for typing, so its first field takes the focus instead of the close button.
 * Not on a touch screen, where the keyboard would cover what is to be read first.
 */
export function focusFirstField(event: Event): void {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement) || window.matchMedia('(pointer: coarse)').matches) return;
  const field = content.querySelector<HTMLElement>(
    ':is(input, select, textarea):not(:disabled, [type="hidden"], [tabindex="-1"])',
  );
  if (!field) return;
  event.preventDefault();
  field.focus();
}
