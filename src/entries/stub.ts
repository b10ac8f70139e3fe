import { page } from '../stub/page.ts';
import { undos } from '../stub/patch.ts';
import { clients, heard, recordClient } from '../stub/record.ts';
import { watchSdk } from '../stub/watch-sdk.ts';

// Pasted twice: the first one records.
if (!page.optimizelyStub) {
  try {
    watchSdk('optimizelySdk');
    watchSdk('optimizelyReactSdk');
  } catch {
    // The page has locked a global. The script will find its clients if it can.
  }
  page.optimizelyStub = [clients, heard, undos];
  const before = page.optimizelyFullStory || {};
  page.optimizelyFullStory = before;
  before.queue = before.queue || [];
  before.connect = before.connect || recordClient;
}
