#include "apply/image_checks.hpp"

namespace apply {
namespace {

// What the engine takes for a check that does not say it.
constexpr auto default_interval = std::chrono::seconds(30);
constexpr auto default_timeout = std::chrono::seconds(30);
constexpr int default_retries = 3;

std::chrono::milliseconds or_default(std::chrono::nanoseconds value,
                                     std::chrono::milliseconds default_value) {
    return value.count() == 0 ? default_value : std::chrono::ceil<std::chrono::milliseconds>(value);
}

appliance::HealthCheck to_check(const engine::Healthcheck& image) {
    return {.probe = appliance::ImageHealthCheck{image.test},
            .interval = or_default(image.interval, default_interval),
            .timeout = or_default(image.timeout, default_timeout),
            .grace = std::chrono::ceil<std::chrono::milliseconds>(image.start_period),
            .max_failures = image.retries == 0 ? default_retries : image.retries};
}

}  // namespace

appliance::Appliance with_image_checks(const appliance::Appliance& appliance,
                                       const Images& images) {
    appliance::Appliance result = appliance;
    for (appliance::Container& container : result.containers) {
        const auto image = images.find(container.image);
        if (container.type == appliance::ContainerType::service && !container.health_check &&
            container.image_check == appliance::ImageCheck::applies && image != images.end() &&
            image->second.healthcheck) {
            container.health_check = to_check(*image->second.healthcheck);
        }
    }
    return result;
}

}  // namespace apply
