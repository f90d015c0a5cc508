#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "appliance/appliance.hpp"

// What pivot calls the things it makes in the engine. Dots keep the names unambiguous, because ids
// have none.
namespace plan {

using appliance::ApplianceId;
using appliance::ContainerId;

// One engine container of an entry of the appliance; numbered from 1.
struct Instance {
    ContainerId container;
    int number = 1;

    friend auto operator<=>(const Instance&, const Instance&) = default;
};

[[nodiscard]] std::string to_string(const Instance& instance);  // livy.1

[[nodiscard]] std::string engine_name(const ApplianceId& appliance,
                                      const Instance& instance);       // spark-livy.livy.1
[[nodiscard]] std::string host_name(const Instance& instance);         // livy-1
[[nodiscard]] std::string network_name(const ApplianceId& appliance);  // pivot-spark-livy
[[nodiscard]] std::string record_name(const ApplianceId& appliance,
                                      std::uint64_t revision);  // pivot.spark-livy.3
// The revision in a record's name; none where the name is no record's of this appliance.
[[nodiscard]] std::optional<std::uint64_t> record_revision(const ApplianceId& appliance,
                                                           std::string_view name);

namespace label {
inline constexpr auto appliance = "pivot.appliance";
inline constexpr auto container = "pivot.container";
inline constexpr auto instance = "pivot.instance";
inline constexpr auto fingerprint = "pivot.fingerprint";
inline constexpr auto version = "pivot.version";
inline constexpr auto entry =
    "pivot.entry";  // on containers: their entry of the record, for when the record is lost
inline constexpr auto record = "pivot.record";  // on the record: the whole of it
inline constexpr auto by = "pivot.by";  // on the record: a random word of the run that wrote it
}  // namespace label

}  // namespace plan
