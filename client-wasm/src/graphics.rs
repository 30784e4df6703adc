//! What draws.

/// Programs that draw in place of a graphics card, as parts of their names.
const PROGRAMS: [&str; 4] = ["swiftshader", "llvmpipe", "softpipe", "software"];

/// Whether what draws, as the browser or the driver calls it, is a program in place of a graphics
/// card. A name that we do not know counts as a card: nobody is warned without need.
pub fn is_software(renderer: &str) -> bool {
    let name = renderer.to_ascii_lowercase();
    PROGRAMS.iter().any(|program| name.contains(program))
}

#[cfg(test)]
mod tests {
    use super::is_software;

    #[test]
    fn programs_are_told_from_cards() {
        for program in [
            "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
            "llvmpipe (LLVM 15.0.6, 256 bits)",
            "Gallium 0.4 on softpipe",
            "Apple Software Renderer",
        ] {
            assert!(is_software(program), "{program}");
        }
        for card in [
            "ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 Direct3D11 vs_5_0 ps_5_0, D3D11)",
            "Mesa Intel(R) UHD Graphics 620 (KBL GT2)",
            "Apple GPU",
            "",
        ] {
            assert!(!is_software(card), "{card}");
        }
    }
}
