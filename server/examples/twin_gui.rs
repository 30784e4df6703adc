//! The same program as `tests/twins/twin_gui.py`, which is for Python viser: what both say must be
//! the same. `cargo run --example twin_gui`
//!
//! A component of each kind, then one step of calls whenever the viewer's camera is at x = 1, 2, …

#[path = "steps/steps.rs"]
mod steps;

use scenecast::{
    Client, Server,
    events::Modifier,
    gui::{
        Button, ButtonGroup, Checkbox, ColorName, Command, ControlWidth, Divider, Dropdown, Float,
        Folder, Form, GuiHandle, Hotkey, Html, Image, Markdown, Modal, MultiSlider, Number, Panel,
        Plotly, ProgressBar, Rgb, Rgba, Slider, Tab, TabGroup, Text, Theme, TitlebarButton,
        TitlebarConfig, TitlebarIcon, TitlebarImage, UploadButton, Uplot, Vector2, Vector3,
        chart::{Axis, Cursor, CursorDrag, Legend, Scale, Series},
    },
    scene::{Encoding, Gui3D, Picture, Place},
};
use scenecast_protocol::value::Value;
use serde_json::json;
use std::sync::{Mutex, PoisonError};

type Failure = Box<dyn std::error::Error>;

fn image(width: u8, height: u8) -> scenecast::Result<Picture> {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| [20 * x, 20 * y, 128]));
    let pixels: Vec<u8> = rows.flatten().collect();
    Picture::rgb(width.into(), height.into(), pixels)
}

fn figure(number: u32) -> serde_json::Value {
    json!({"data": [{"y": [number]}], "layout": {"title": "t"}})
}

/// What later steps come back to.
#[derive(Default)]
struct Later {
    panel: Option<GuiHandle<Panel>>,
    modal: Option<GuiHandle<Modal>>,
}

struct Twin {
    server: Server,
    button: GuiHandle<Button>,
    upload: GuiHandle<UploadButton>,
    group: GuiHandle<ButtonGroup>,
    checkbox: GuiHandle<Checkbox>,
    text: GuiHandle<Text>,
    number: GuiHandle<Number>,
    slider: GuiHandle<Slider>,
    multi: GuiHandle<MultiSlider>,
    vector2: GuiHandle<Vector2>,
    dropdown: GuiHandle<Dropdown>,
    rgb: GuiHandle<Rgb>,
    progress: GuiHandle<ProgressBar>,
    markdown: GuiHandle<Markdown>,
    html: GuiHandle<Html>,
    image: GuiHandle<Image>,
    plotly: GuiHandle<Plotly>,
    uplot: GuiHandle<Uplot>,
    folder: GuiHandle<Folder>,
    first_tab: Tab,
    form: GuiHandle<Form>,
    field: GuiHandle<Text>,
    command: GuiHandle<Command>,
    later: Mutex<Later>,
}

fn theme() -> Theme {
    let docs = TitlebarButton {
        text: Some("Docs".to_owned()),
        icon: Some(TitlebarIcon::Description),
        href: Some("https://a.b".to_owned()),
    };
    let logo = TitlebarImage {
        image_url_light: "l.png".to_owned(),
        image_url_dark: None,
        image_alt: "logo".to_owned(),
        href: None,
    };
    let bar = TitlebarConfig {
        buttons: Some(vec![docs]),
        image: Some(logo),
    };
    let theme = Theme::default()
        .titlebar(bar)
        .control_width(ControlWidth::Large);
    theme
        .dark_mode(true)
        .show_logo(false)
        .brand_color([230, 180, 30])
}

fn chart() -> Uplot {
    let x: Vec<f64> = (0..4).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| 2.0 * x).collect();
    let line = Series::default().label("y").stroke("red").width(2.0);
    let range = Value::List(vec![Value::Float(0.0), Value::Float(10.0)]);
    let scales = [
        ("x", Scale::default().time(false)),
        ("y", Scale::default().range(range)),
    ];
    Uplot::new([x, y], [Series::default().label("x"), line])
        .title("Chart")
        .scales(scales)
        .axes([
            Axis::default().label("x"),
            Axis::default().label("y").side(1),
        ])
        .legend(Legend::default().show(false))
        .cursor(Cursor::default().drag(CursorDrag::default().x(true).y(false)))
        .aspect(2.0)
        .padding([1, 2, 3, 4])
}

impl Twin {
    fn build(server: &Server) -> Result<Self, Failure> {
        let gui = server.gui();
        gui.set_panel_label(Some("Twin"));
        gui.configure_theme(theme());
        let save = Button::new("Button").color(ColorName::Red);
        let button = gui.add(save.icon("device-floppy").hint("press"))?;
        let upload = UploadButton::new("Upload").mime_type("image/*");
        let upload = gui.add(upload.color([1, 2, 3]))?;
        let group = gui.add(ButtonGroup::new("Group", ["a", "b", "c"]))?;
        let checkbox = gui.add(Checkbox::new("Checkbox").value(true).disabled(true))?;
        let text = Text::new("Text").value("hello").multiline(true);
        let text = gui.add(text.visible(false))?;
        let number = gui.add(Number::new("Number", 0.25).min(0.0).max(1.5))?;
        gui.add(Number::new("Coarse", 0.25).step(0.5))?;
        let slider = Slider::new("Slider", 0.0..=2.0).step(5.0).value(0.5);
        let slider = gui.add(slider.marks([
            0.0.into(),
            scenecast::gui::Mark::from((1.0, "one")),
            (2.0, "two").into(),
        ]))?;
        let multi = MultiSlider::new("Multi", 0.0..=10.0, [1.0, 2.5, 9.0]).step(0.5);
        let multi = gui.add(multi.min_range(1.0).fixed_endpoints(true))?;
        let vector2 = Vector2::new("Vector2", [0.5, 1.0]).min([0.0; 2]);
        let vector2 = gui.add(vector2.max([2.0; 2]))?;
        gui.add(Vector3::new("Vector3", [0.125, 1.0, 2.0]).step(0.25))?;
        let dropdown = gui.add(Dropdown::new("Dropdown", ["x", "y", "z"]).value("y"))?;
        let rgb = gui.add(Rgb::new("Rgb", [10, 20, 30]))?;
        gui.add(Rgba::new("Rgba", [10, 20, 30, 40]).order(2.5))?;
        let bar = ProgressBar::new(25.0).animated(true).color(ColorName::Teal);
        let progress = gui.add(bar)?;
        let markdown = gui.add(Markdown::new("# Title\n\n![far](http://a.b/c.png)"))?;
        gui.add(Markdown::new(""))?;
        let html = gui.add(Html::new("<b>bold</b>"))?;
        gui.add(Divider::new())?;
        let image = gui.add(Image::new(image(6, 4)?.png()).label("Image"))?;
        gui.send_plotly("window.Plotly = 1;");
        let config = [("scrollZoom".to_owned(), true.into())]
            .into_iter()
            .collect();
        let plot = Plotly::new(figure(1)).config(config);
        let plotly = gui.add(plot.aspect(0.5))?;
        gui.add(Plotly::new(figure(2)))?;
        let uplot = gui.add(chart())?;

        let folder = gui.add(Folder::new("Folder").expand_by_default(false))?;
        let inside = folder.gui();
        inside.add(Text::new("Inside"))?;
        let unlabeled = inside.add(Folder::unlabeled())?;
        unlabeled.gui().add(Checkbox::new("Deep"))?;
        let tabs = inside.add(TabGroup::new())?;
        let first_tab = tabs.add_tab("First", "cube")?;
        first_tab.gui().add(Text::new("In a tab"))?;
        tabs.tab("Second", |gui| gui.add(Button::new("In another")))?;

        let (form, field) = gui.form("Form", |gui, form| {
            Ok((form.clone(), gui.add(Text::new("Field"))?))
        })?;
        let save = Command::new("Save")
            .description("to disk")
            .hotkey(Hotkey::S);
        let save = save.modifier(Modifier::CmdCtrl).icon("device-floppy");
        let command = gui.add(save)?;
        gui.add(Command::new("Plain").disabled(true))?;
        let twin = Self {
            server: server.clone(),
            button,
            upload,
            group,
            checkbox,
            text,
            number,
            slider,
            multi,
            vector2,
            dropdown,
            rgb,
            progress,
            markdown,
            html,
            image,
            plotly,
            uplot,
            folder,
            first_tab,
            form,
            field,
            command,
            later: Mutex::default(),
        };
        twin.react()?;
        Ok(twin)
    }

    /// What the program does when viewers do something.
    fn react(&self) -> scenecast::Result<()> {
        let say = |said: fn() -> &'static str| {
            let text = self.text.clone();
            move || drop(text.set_value(said()))
        };
        let clicked = say(|| "clicked");
        let _ = self.button.on_click(move |_| clicked());
        let held = say(|| "held");
        let _ = self.button.on_hold(20.0, move |_| held())?;
        let saved = say(|| "saved");
        let _ = self.command.on_trigger(move |_| saved());
        let text = self.text.clone();
        let _ = self
            .group
            .on_click(move |event| drop(text.set_value(format!("pressed {}", event.value))));
        let text = self.text.clone();
        let _ = self
            .slider
            .on_update(move |event| drop(text.set_value(format!("slid to {:.2}", event.value))));
        let text = self.text.clone();
        let _ = self.upload.on_upload(move |event| {
            if let Some(file) = &event.value {
                let _ = text.set_value(format!("{} {}", file.name(), file.size()));
            }
        });
        let (text, field) = (self.text.clone(), self.field.clone());
        let _ = self.form.on_submit(move |_| {
            let field = field.value().unwrap_or_default();
            let _ = text.set_value(format!("submitted {field}"));
        });
        Ok(())
    }

    fn step(&self, number: usize, client: &Client) -> Result<(), Failure> {
        let gui = self.server.gui();
        let mut later = self.later.lock().unwrap_or_else(PoisonError::into_inner);
        match number {
            1 => {
                self.number.set_value(0.5)?;
                self.number.set_value(0.5)?;
                self.multi.set_value([2.0, 3.0, 9.0])?;
                self.vector2.set_value([1.0, 1.5])?;
                self.rgb.set_value([1, 2, 3])?;
                self.checkbox.set_value(false)?;
                self.progress.set_value(80.0)?;
            }
            2 => {
                self.button.update(|p| p.label = "Other".to_owned())?;
                self.button.set_icon(None)?;
                self.checkbox.set_disabled(false)?;
                self.text.set_visible(true)?;
                self.text.set_hint(Some("hint"))?;
                self.slider.set_order(99.0)?;
                self.slider.update(|p| p.max = 4.0)?;
                self.progress.update(|p| p.animated = false)?;
            }
            3 => {
                self.dropdown.set_options(["y", "w"])?;
                self.dropdown.set_options(["v", "w"])?;
            }
            4 => {
                self.markdown.set_content("*new*")?;
                self.html.set_content("<i>new</i>")?;
                self.image.set_image(image(4, 4)?)?;
                self.image.set_encoding(Encoding::Jpeg(75))?;
                self.plotly.set_figure(figure(3))?;
                self.uplot.set_data([[0.0, 1.0], [0.0, 1.0]])?;
            }
            5 => {
                self.command.update(|p| p.label = "Store".to_owned())?;
                self.command.set_disabled(true)?;
                self.command.set_disabled(false)?;
                self.command.set_icon(Some("cube"))?;
            }
            6 => {
                let panel = gui.add(Panel::new())?;
                let log = panel.add_tab("Log", "cube")?;
                log.gui().add(Markdown::new("log"))?;
                let other = gui.add(Panel::new().visible(false).order(3.0))?;
                panel.dock_left()?;
                other.dock_below(&panel)?;
                other.dock_above(&gui.main_panel())?;
                panel.float(Float::default().x(10.0).y(-20.0).width(300.0))?;
                panel.set_height(200.0)?;
                panel.minimize()?;
                gui.main_panel().dock_right()?;
                gui.main_panel().set_width(400.0)?;
                gui.main_panel().expand()?;
                later.panel = Some(panel);
            }
            7 => {
                if let Some(panel) = later.panel.take() {
                    panel.set_visible(false)?;
                    panel.remove()?;
                }
            }
            8 => gui.modal("Modal", |gui, modal| {
                gui.add(Button::new("Close"))?;
                gui.folder("In it", |gui| gui.add(Divider::new()))?;
                later.modal = Some(modal.clone());
                Ok(())
            })?,
            9 => {
                if let Some(modal) = later.modal.take() {
                    modal.close()?;
                }
            }
            10 => {
                let sign = Gui3D::default().at([0.0, 0.0, 1.0]);
                let sign = self.server.scene().add("/sign", sign)?.gui()?;
                sign.add(Button::new("On a sign"))?;
                sign.folder("Below", |gui| gui.add(Checkbox::new("Tick")))?;
            }
            11 => drop(self.server.scene().remove_by_name("/sign")),
            12 => {
                let own = client.gui();
                own.add(Slider::new("Own", 0.0..=1.0).step(0.1).value(0.5))?;
                let guest = own.within(&self.folder.gui())?.add(Text::new("Guest"))?;
                own.set_panel_label(Some("Yours"));
                own.configure_theme(Theme::default());
                own.main_panel().dock_left()?;
                guest.set_value("x")?;
            }
            13 => {
                self.first_tab.set_icon(Some("circle"))?;
                self.first_tab.remove()?;
            }
            14 => self.folder.remove()?,
            15 => self.form.submit()?,
            16 => client.gui().reset(),
            17 => gui.reset(),
            _ => {}
        }
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    steps::serve(Twin::build, Twin::step)
}
