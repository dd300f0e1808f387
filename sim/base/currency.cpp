#include "corridor/base/currency.h"

namespace corridor {
namespace {

// Active national currencies, ISO 4217:2015 with its amendments to No. 176 (2023). Codes are three letters and a blank.
constexpr std::string_view kCodes =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ";
constexpr std::size_t kStride = 4;

}  // namespace

Currency find_currency(std::string_view code) {
    if (code.size() + 1 != kStride || code.find(' ') != std::string_view::npos) return Currency::none;
    for (std::size_t at = 0; at < kCodes.size(); at += kStride) {
        if (kCodes.substr(at, code.size()) == code) return static_cast<Currency>(at / kStride + 1);
    }
    return Currency::none;
}

std::string_view code_of(Currency currency) {
    const auto position = static_cast<std::size_t>(currency);
    if (position == 0 || position > kCodes.size() / kStride) return {};
    return kCodes.substr((position - 1) * kStride, kStride - 1);
}

}  // namespace corridor
