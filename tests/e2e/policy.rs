//! What the page may do (RELIABILITY "The shell", promise 9).

use desk_tests::process::Trouble;
use desk_tests::world::World;
use serde_json::json;

#[tokio::test]
async fn the_running_page_has_the_policy_and_stays_where_it_is() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let here = page.script("return location.href", vec![]).await?;

    let body = "const done = arguments[arguments.length - 1];
      const seen = [];
      document.addEventListener('securitypolicyviolation', e => seen.push(e.effectiveDirective));
      const script = document.createElement('script'); script.textContent = 'window.injected = 1'; document.body.append(script);
      const styled = document.createElement('div'); styled.innerHTML = '<p style=\"color: red\">x</p>'; document.body.append(styled);
      const frame = document.createElement('iframe'); frame.src = 'data:text/html,x'; document.body.append(frame);
      const image = new Image(); image.src = 'https://elsewhere.example/x.png'; document.body.append(image);
      const object = document.createElement('object'); object.data = 'https://elsewhere.example/x.svg'; document.body.append(object);
      new FontFace('elsewhere', 'url(https://elsewhere.example/x.woff2)').load().catch(() => 0);
      const base = document.createElement('base'); base.href = 'https://elsewhere.example/'; document.head.append(base);
      const form = document.createElement('form'); form.action = 'https://elsewhere.example/'; document.body.append(form); form.submit();
      fetch('https://elsewhere.example/').catch(() => 0).then(() => setTimeout(() => {
        for (const e of [script, styled, frame, image, object, base, form]) e.remove();
        done({ seen: [...new Set(seen)].sort(), injected: typeof window.injected });
      }, 500));";
    let found = page.driver().execute_async(body, vec![]).await?.json().clone();
    assert_eq!(found["injected"], "undefined", "an injected inline script does not run");
    for directive in [
        "script-src-elem",
        "style-src-attr",
        "frame-src",
        "img-src",
        "object-src",
        "font-src",
        "base-uri",
        "connect-src",
        "form-action",
    ] {
        let seen = found["seen"].as_array().is_some_and(|seen| seen.contains(&json!(directive)));
        assert!(seen, "{directive} is refused: {found}");
    }

    // The policy says nothing about navigations; the window does (PLATFORM "The strict policy works").
    for elsewhere in [
        "location.href = 'https://elsewhere.example/'",
        "location.href = 'file:///etc/passwd'",
        "window.open('https://elsewhere.example/')",
        "location.href = 'data:text/html,x'",
        // The page's own name on another system; here it is port 80 of this computer.
        "location.href = 'http://tauri.localhost/'",
    ] {
        page.script(&format!("setTimeout(() => {{ {elsewhere} }}, 0); return true"), vec![]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(page.script("return location.href", vec![]).await?, here, "{elsewhere} goes nowhere");
    }
    assert_eq!(page.driver().windows().await?.len(), 1, "one window");

    let closed = page.script("return [typeof window.__TAURI__, Object.isFrozen(Object.prototype)]", vec![]).await?;
    assert_eq!(closed, json!(["undefined", true]), "no global Tauri, and prototypes cannot be poisoned");
    page.quit().await
}

#[tokio::test]
async fn a_command_that_is_not_on_the_list_is_refused() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let ask = "const done = arguments[arguments.length - 1];
      window.__TAURI_INTERNALS__.invoke(arguments[0], { request: {} }).then(v => done('answered'), e => done('refused'))";
    for (command, wanted) in [
        ("app_status", "answered"),
        ("drop_everything", "refused"),
        ("plugin:fs|read_text_file", "refused"),
        ("plugin:shell|execute", "refused"),
        ("plugin:event|emit", "refused"),
        ("plugin:window|close", "refused"),
        ("plugin:webview|create_webview_window", "refused"),
    ] {
        let answer = page.driver().execute_async(ask, vec![json!(command)]).await?.json().clone();
        assert_eq!(answer, json!(wanted), "{command}");
    }
    page.quit().await
}
