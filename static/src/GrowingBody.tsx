import { useEffect, useRef, useState, type ReactNode } from 'react';
import { dialog } from './messages.ts';

/**
 * The content of a dialog that may grow while it is open, and hold no control. Atlaskit looks only once, when a dialog opens,
 * whether it scrolls, and then lets the keyboard into it; this looks whenever content or frame change.
 */
export function GrowingBody({ className, children }: { className?: string | undefined; children: ReactNode }): ReactNode {
  const own = useRef<HTMLDivElement>(null);
  const [isCut, setIsCut] = useState(false);
  useEffect(() => {
    const content = own.current;
    const scroller = content === null ? null : scrollerOf(content);
    if (content === null || scroller === null) {
      return undefined;
    }
    const sizes = new ResizeObserver(() => setIsCut(scroller.scrollHeight > scroller.clientHeight));
    sizes.observe(content);
    sizes.observe(scroller);
    return () => sizes.disconnect();
  }, []);
  return (
    <div ref={own} className={className} {...(isCut && { tabIndex: 0, role: 'region', 'aria-label': dialog.content })}>
      {children}
    </div>
  );
}

/** What scrolls the content. */
function scrollerOf(content: HTMLElement): HTMLElement | null {
  for (let around = content.parentElement; around !== null; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) {
      return around;
    }
  }
  return null;
}
