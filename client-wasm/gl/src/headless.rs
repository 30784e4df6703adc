//! A context without a window, through EGL.

use std::sync::Arc;

use khronos_egl as egl;
use three_d::context::{self, HasContext};
use three_d::core::{Context, CoreError};

type Egl = egl::DynamicInstance<egl::EGL1_5>;

/// `EGL_PLATFORM_SURFACELESS_MESA`: a display that needs no window system.
const PLATFORM_SURFACELESS: egl::Enum = 0x31DD;

/// An OpenGL context without a window, current on the thread that made it.
///
/// Needs EGL and an OpenGL driver at run time, such as Mesa's software one.
pub struct Headless {
    context: Context,
    egl: Egl,
    display: egl::Display,
    surface: egl::Surface,
    handle: egl::Context,
}

/// Why there is no context.
#[derive(Debug, thiserror::Error)]
pub enum HeadlessError {
    /// The EGL library is missing.
    #[error(
        "the EGL library, libEGL.so.1, cannot be loaded ({0}); install it and a driver \
         (Debian: libegl1 and libgl1-mesa-dri)"
    )]
    Library(String),
    /// EGL refused a step.
    #[error("EGL cannot {step}: {source}; is an OpenGL driver there (Debian: libgl1-mesa-dri)?")]
    Egl {
        /// What was tried.
        step: &'static str,
        /// EGL's error.
        source: egl::Error,
    },
    /// The context lacks what the renderer needs.
    #[error(transparent)]
    OpenGl(#[from] CoreError),
}

impl Headless {
    /// Makes a context of OpenGL 3.3 core and makes it current on this thread.
    ///
    /// # Errors
    /// EGL or an OpenGL driver is missing or too old.
    pub fn new() -> Result<Self, HeadlessError> {
        // SAFETY: Loads the system's libEGL, trusted as far as the driver itself is.
        #[allow(unsafe_code)]
        let egl =
            unsafe { Egl::load_required() }.map_err(|e| HeadlessError::Library(e.to_string()))?;
        let failed = |step| move |source| HeadlessError::Egl { step, source };

        // SAFETY: The surfaceless platform takes EGL_DEFAULT_DISPLAY (null) as native display;
        // without that platform the default display is asked for, which takes null as well.
        #[allow(unsafe_code)]
        let display = unsafe {
            egl.get_platform_display(
                PLATFORM_SURFACELESS,
                egl::DEFAULT_DISPLAY,
                &[egl::ATTRIB_NONE],
            )
            .ok()
            .or_else(|| egl.get_display(egl::DEFAULT_DISPLAY))
        }
        .ok_or(HeadlessError::Egl {
            step: "open a display",
            source: egl::Error::BadDisplay,
        })?;
        egl.initialize(display).map_err(failed("initialise"))?;
        egl.bind_api(egl::OPENGL_API)
            .map_err(failed("use OpenGL"))?;
        let wanted = [
            egl::SURFACE_TYPE,
            egl::PBUFFER_BIT,
            egl::RENDERABLE_TYPE,
            egl::OPENGL_BIT,
            egl::NONE,
        ];
        let config = egl
            .choose_first_config(display, &wanted)
            .map_err(failed("choose a configuration"))?
            .ok_or(HeadlessError::Egl {
                step: "find a configuration",
                source: egl::Error::BadConfig,
            })?;
        let attributes = [
            egl::CONTEXT_MAJOR_VERSION,
            3,
            egl::CONTEXT_MINOR_VERSION,
            3,
            egl::CONTEXT_OPENGL_PROFILE_MASK,
            egl::CONTEXT_OPENGL_CORE_PROFILE_BIT,
            egl::CONTEXT_OPENGL_ROBUST_ACCESS,
            egl::TRUE as egl::Int,
            egl::NONE,
        ];
        let handle = egl
            .create_context(display, config, None, &attributes)
            .map_err(failed("create a context of OpenGL 3.3"))?;
        // A target of its own, which nobody draws on: without one some calls count as errors.
        let pixel = [egl::WIDTH, 1, egl::HEIGHT, 1, egl::NONE];
        let surface = egl.create_pbuffer_surface(display, config, &pixel);
        let surface = surface.map_err(failed("make a surface"))?;
        egl.make_current(display, Some(surface), Some(surface), Some(handle))
            .map_err(failed("make the context current"))?;

        // SAFETY: A context is current, and EGL's loader gives pointers that fit it.
        #[allow(unsafe_code)]
        let gl = unsafe {
            context::Context::from_loader_function(|name| {
                egl.get_proc_address(name)
                    .map_or(std::ptr::null(), |f| f as *const _)
            })
        };
        // SAFETY: The call takes no pointers. WebGL always lets shaders set the size of points.
        #[allow(unsafe_code)]
        unsafe {
            gl.enable(context::PROGRAM_POINT_SIZE);
        }
        let context = Context::from_gl_context(Arc::new(gl))?;
        Ok(Self {
            context,
            egl,
            display,
            surface,
            handle,
        })
    }

    /// The context, for a renderer. Valid as long as `self`, on this thread.
    pub fn context(&self) -> &Context {
        &self.context
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        // The process may be ending; there is nothing to do about a failure.
        let _ = self.egl.make_current(self.display, None, None, None);
        let _ = self.egl.destroy_context(self.display, self.handle);
        let _ = self.egl.destroy_surface(self.display, self.surface);
    }
}
