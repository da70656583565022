// jsdom has no modal dialogs, no popovers and no media queries; these are the parts of them that the components use.
const dialog = HTMLDialogElement.prototype;
dialog.showModal ??= function showModal(this: HTMLDialogElement) {
  this.setAttribute('open', '');
};
dialog.close ??= function close(this: HTMLDialogElement) {
  this.removeAttribute('open');
  this.dispatchEvent(new Event('close'));
};
Element.prototype.scrollIntoView ??= () => undefined;
HTMLElement.prototype.showPopover ??= () => undefined;
HTMLElement.prototype.hidePopover ??= () => undefined;
// The widest window: nothing is narrow.
window.matchMedia ??= (media) =>
  Object.assign(new EventTarget(), { media, matches: !media.includes('max-width'), onchange: null }) as MediaQueryList;
