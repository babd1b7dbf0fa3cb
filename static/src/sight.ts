/**
 * Which part of the page is in sight. Jira makes the app's frame as high as its page, so that the window shows a part of
 * it: a dialog that took the frame for the window would have its controls out of sight.
 */

/** How high the bar is, in pixels, that Jira keeps at the top of the window, over the frame. A frame is not told of it. */
const TOP_BAR_PX = 56;

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
    // A frame whose beginning is scrolled out of the window goes on under the bar.
    const covered = intersectionRect.top > boundingClientRect.top ? TOP_BAR_PX : 0;
    root.style.setProperty('--sight-top', `${intersectionRect.top + covered}px`);
    root.style.setProperty('--sight-height', `${intersectionRect.height - covered}px`);
  });
  const look = () => {
    observer.unobserve(cover);
    observer.observe(cover);
  };
  look();
  addEventListener('focusin', look);
}
