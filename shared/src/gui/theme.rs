//! The look of a viewer's page.

literal! {
    /// Icons that title bar buttons can have.
    TitlebarIcon {
        /// GitHub's mark.
        GitHub = "GitHub",
        /// A page.
        Description = "Description",
        /// A keyboard.
        Keyboard = "Keyboard",
    }
}

record! {
    /// A button in the title bar.
    pub struct TitlebarButton as "TitlebarButton" {
        /// Its text.
        text: Option<String>,
        /// Its icon.
        icon: Option<TitlebarIcon>,
        /// Where it leads.
        href: Option<String>,
    }
}

record! {
    /// An image in the title bar.
    pub struct TitlebarImage as "TitlebarImage" {
        /// The image for light pages.
        image_url_light: String,
        /// The image for dark pages.
        image_url_dark: Option<String>,
        /// What it shows.
        image_alt: String,
        /// Where it leads.
        href: Option<String>,
    }
}

record! {
    /// The title bar.
    pub struct TitlebarConfig as "TitlebarConfig" {
        /// Buttons on the right.
        buttons: Option<Vec<TitlebarButton>>,
        /// Image on the left.
        image: Option<TitlebarImage>,
    }
}

literal! {
    /// Where the control panel starts. Viewers only know `Floating` by now.
    ControlLayout {
        /// A window over the scene.
        Floating = "floating",
        /// A column that folds.
        Collapsible = "collapsible",
        /// A column.
        Fixed = "fixed",
    }
}

literal! {
    /// Width of the control panel.
    ControlWidth {
        /// 16 em.
        Small = "small",
        /// 20 em.
        Medium = "medium",
        /// 24 em.
        Large = "large",
    }
}

message! {
    /// Sets the look of the page.
    pub struct ThemeConfiguration as "ThemeConfigurationMessage" {
        /// The title bar; `None` for none.
        titlebar_content: Option<TitlebarConfig>,
        /// Where the control panel starts.
        control_layout: ControlLayout,
        /// How wide it is.
        control_width: ControlWidth,
        /// Whether the logo shows.
        show_logo: bool,
        /// Whether the share button shows.
        show_share_button: bool,
        /// Whether the page is dark.
        dark_mode: bool,
        /// The brand colour in ten shades from light to dark, as `#rrggbb`.
        colors: Option<[String; 10]>,
    }
}
