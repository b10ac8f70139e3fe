import { ApplicationRef, Component, inject, provideZoneChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { init } from '@fullstory/browser';
import { client } from './optimizely';

@Component({
  selector: 'app-checkout',
  template: `<h1>Checkout</h1>
    <p>Redesign: <b id="variation">{{ variation() }}</b></p>
    <p>The page is <b id="stable">{{ isStable() ? 'stable' : 'not yet stable' }}</b></p>`,
})
class Checkout {
  readonly variation = signal<string | null>(null);
  readonly isStable = signal(false);

  constructor() {
    void inject(ApplicationRef)
      .whenStable()
      .then(() => this.isStable.set(true));
    void client.onReady().then(() => {
      this.variation.set(client.createUserContext('ada').decide('checkout_redesign').variationKey);
    });
  }
}

init({ orgId: 'YOUR_ORG_ID' });
void bootstrapApplication(Checkout, { providers: [provideZoneChangeDetection()] });
