/**
 * Which part of the page is in sight. Jira makes the app's frame as high as its page, so that the window shows a part of
 * it: a dialog that took the frame for the window would have its controls out of sight.
 */

/**
 * Tells the style sheet, by `data-part-in-sight` and two lengths, where the window shows a part only. It is looked at anew
 * whenever the focus moves, as it does when a dialog opens: a frame is not told that the page around it scrolls.
 */
export function watchSight(): void {
  const { documentElement: root } = document;
  const cover = document.createElement('div');
  cover.style.cssText = 'position: fixed; inset: 0; visibility: hidden; pointer-events: none';
  document.body.append(cover);
  const observer = new IntersectionObserver((seen) => {
    const { intersectionRect, boundingClientRect } = seen[seen.length - 1] ?? {};
    // A frame that is out of sight as a whole is scrolled to before anything in it is used.
    if (intersectionRect === undefined || boundingClientRect === undefined || intersectionRect.height === 0) {
      return;
    }
    root.toggleAttribute('data-part-in-sight', intersectionRect.height < boundingClientRect.height - 1);
    root.style.setProperty('--sight-top', `${intersectionRect.top}px`);
    root.style.setProperty('--sight-height', `${intersectionRect.height}px`);
  });
  const look = () => {
    observer.unobserve(cover);
    observer.observe(cover);
  };
  look();
  addEventListener('focusin', look);
}
