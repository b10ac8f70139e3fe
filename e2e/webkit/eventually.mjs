/**
 * Ms to wait for something. Optimizely's batch takes a second, and a busy machine needs several seconds to start a
 * browser.
 */
export const PATIENCE = 10_000;

/** Repeats a failing call until it succeeds, or the time is over. */
export async function eventually(attempt) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
