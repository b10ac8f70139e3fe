/** px that an arrow key moves the panel. */
const STEP = 24;
/** px that stay between the panel and the edges of the window. */
const MARGIN = 8;

const DIRECTIONS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/**
 * Makes the panel movable within the window: by dragging its header, and with the arrow keys on its handle. It keeps its
 * distance from the lower right corner, where it starts.
 *
 * @returns a function that stops it.
 */
export function makeMovable(panel: HTMLElement, header: HTMLElement, handle: HTMLElement): () => void {
  let grip: { x: number; y: number } | undefined;

  /** The panel's position, and the space for it: the window without its scroll bars. */
  function measure(): { box: DOMRect; width: number; height: number } {
    const box = panel.getBoundingClientRect();
    const { right, bottom } = getComputedStyle(panel);
    return { box, width: box.right + parseFloat(right), height: box.bottom + parseFloat(bottom) };
  }

  function place(left: number, top: number): void {
    const { box, width, height } = measure();
    const within = (value: number, room: number) => Math.max(MARGIN, Math.min(value, room - MARGIN));
    panel.style.right = `${within(width - left - box.width, width - box.width)}px`;
    panel.style.bottom = `${within(height - top - box.height, height - box.height)}px`;
  }

  function stayInside(): void {
    const { box, width, height } = measure();
    if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) place(box.left, box.top);
  }

  header.addEventListener('pointerdown', (event) => {
    // Buttons in the header are to be pressed, except the handle, which is to be dragged.
    const button = (event.target as Element).closest('button');
    if (event.button || (button && button !== handle)) return;
    const { left, top } = panel.getBoundingClientRect();
    grip = { x: event.clientX - left, y: event.clientY - top };
    header.setPointerCapture(event.pointerId);
  });
  header.addEventListener('pointermove', (event) => {
    if (grip) place(event.clientX - grip.x, event.clientY - grip.y);
  });
  header.addEventListener('lostpointercapture', () => {
    grip = undefined;
  });
  handle.addEventListener('keydown', (event) => {
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const { left, top } = panel.getBoundingClientRect();
    place(left + direction[0], top + direction[1]);
  });
  // It grows upwards as decisions come in.
  const resized = new ResizeObserver(stayInside);
  resized.observe(panel);
  addEventListener('resize', stayInside);
  return () => {
    resized.disconnect();
    removeEventListener('resize', stayInside);
  };
}
