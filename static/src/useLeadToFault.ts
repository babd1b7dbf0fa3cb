import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';

/** Answers how to give the focus to the first field of `form` that is marked as wrong, once the marks are drawn. */
export function useLeadToFault(form: RefObject<HTMLElement>): () => void {
  const [asked, setAsked] = useState(0);
  useLayoutEffect(() => {
    if (asked > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]:enabled')?.focus();
    }
  }, [asked, form]);
  return useCallback(() => setAsked((before) => before + 1), []);
}
