// A double of Google Tag Manager: fires `window.tags`, the texts of Custom HTML tags, in order, as soon as there is a
// body. Like Tag Manager, it keeps only id, charset, text and src of a script.
(() => {
  function fire(html) {
    const parsed = document.createElement('div');
    parsed.innerHTML = html;
    for (const node of [...parsed.childNodes]) {
      if (!(node instanceof HTMLScriptElement)) {
        document.body.appendChild(node);
        continue;
      }
      const script = document.createElement('script');
      for (const name of ['id', 'charset', 'src']) if (node[name]) script[name] = node[name];
      script.text = node.text;
      document.body.appendChild(script);
    }
  }

  function fireWithBody() {
    if (!document.body) return;
    observer.disconnect();
    window.tags.forEach(fire);
  }

  const observer = new MutationObserver(fireWithBody);
  observer.observe(document.documentElement, { childList: true });
  fireWithBody();
})();
