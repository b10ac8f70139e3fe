import { page } from '../stub/page.ts';
import { undos } from '../stub/patch.ts';
import { clients, heard, recordClient } from '../stub/record.ts';
import { watchSdk } from '../stub/watch-sdk.ts';

try {
  // Pasted twice: the first one records.
  if (!page.optimizelyStub) {
    page.optimizelyStub = [clients, heard, undos, recordClient];
    watchSdk('optimizelySdk');
    watchSdk('optimizelyReactSdk');
  }
  // Each time: the page may have assigned other settings before the second one.
  const before = page.optimizelyFullStory || {};
  page.optimizelyFullStory = before;
  before.queue = before.queue || [];
  before.connect = before.connect || page.optimizelyStub[3];
} catch {
  // A proxy or a getter of the page's, or a frame of another site with that name.
}
