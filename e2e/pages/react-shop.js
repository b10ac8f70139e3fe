/**
 * Shows a shop in React that decides in a hook, in a class and in a decorated component, as the React SDK offers it.
 *
 * @param {object} libraries `React`, `createRoot` and the React SDK as `sdk`.
 * @param {object} client
 */
export function showShop({ React, createRoot, sdk }, client) {
  const { createElement } = React;

  function Checkout() {
    const [decision] = sdk.useDecision('checkout_redesign');
    return createElement('p', null, `checkout: ${decision.variationKey}`);
  }

  class Search extends React.Component {
    state = { variation: '' };

    componentDidMount() {
      const { optimizely } = this.props;
      optimizely.onReady().then(() => {
        this.setState({ variation: optimizely.decide('search_ranking').variationKey });
      });
    }

    render() {
      return createElement('p', null, `search: ${this.state.variation}`);
    }
  }

  const shop = createElement(
    sdk.OptimizelyProvider,
    { optimizely: client, user: { id: 'ada', attributes: { plan: 'pro' } } },
    createElement(Checkout),
    // Decided a second time, by another component.
    createElement(Checkout),
    createElement(sdk.withOptimizely(Search)),
  );
  const root = document.body.appendChild(document.createElement('main'));
  createRoot(root).render(createElement(React.StrictMode, null, shop));
}
