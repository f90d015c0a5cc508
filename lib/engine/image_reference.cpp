#include "engine/image_reference.hpp"

namespace engine {

ImageReference parse_image_reference(std::string_view reference) {
    const auto at = reference.find('@');
    const auto name = reference.substr(0, at);
    // A colon before the last slash belongs to the registry's port.
    const auto slash = name.rfind('/');
    const auto colon = name.find(':', slash == std::string_view::npos ? 0 : slash);
    const auto repository = std::string(name.substr(0, colon));
    if (at != std::string_view::npos) {
        return {repository, std::string(reference.substr(at + 1))};
    }
    // Without any tag the engine would pull all of them.
    const auto tag = colon == std::string_view::npos ? "" : name.substr(colon + 1);
    return {repository, tag.empty() ? "latest" : std::string(tag)};
}

}  // namespace engine
