//! Every field of the AxisFI contract in one table: its place on the wire, what it holds, who requires it, how it is masked.
//!
//! Sources: ../api/axisfi.openapi.yaml for names and places; DECISIONS "What is required" for [`Requirement`];
//! DECISIONS 14 for [`Masking`]. Only this table feeds counts, "next empty required" and "(optional)".

use serde::{Deserialize, Serialize};

/// A section of the form, in its order on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// `business_details`, with `partner_customer_id` as its first field (DECISIONS 5).
    BusinessDetails,
    /// `registration_address`.
    RegistrationAddress,
    /// `account_usage`.
    AccountUsage,
    /// `primary_contact`.
    PrimaryContact,
    /// `business_person_list`: each person with `basic_info`, `residential_address`, `identification`.
    BusinessPersonList,
}

impl Section {
    /// All sections in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::BusinessDetails,
        Self::RegistrationAddress,
        Self::AccountUsage,
        Self::PrimaryContact,
        Self::BusinessPersonList,
    ];
}

/// What a field holds; decides which rule of format it has and how it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Our id for the customer: 20 to 64 characters.
    PartnerCustomerId,
    /// Any text, sent as it stands.
    Text,
    /// A name in Latin letters.
    NameEnglish,
    /// A name in any script, opaque.
    NameLocal,
    /// ISO 3166-1 alpha-2.
    Country,
    /// ISO 4217.
    Currency,
    /// A decimal number.
    Amount,
    /// A calendar date, sent as a date-time at UTC.
    Date,
    /// E.164.
    Phone,
    /// An email address.
    Email,
    /// An http or https address.
    Website,
    /// An id that a file upload gave.
    FileId,
    /// A text out of an open list of the platform; other text is accepted with a warning.
    Choice,
}

/// Who requires a field (DECISIONS "What is required").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// P: the contract says so.
    Platform,
    /// H: the house says so; one tick "send anyway" sends without it.
    House,
    /// O: optional.
    Optional,
    /// C: the address data of the country beside it decides; where it requires the field, as `House`.
    Country,
}

/// How a value of a customer is masked before it leaves Rust (DECISIONS 14, VISUAL "Masked value").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Masking {
    /// Shown as it is.
    Plain,
    /// Bullets and the last four characters.
    Tail,
    /// The calling code and the last two digits.
    Phone,
    /// The first character and the domain's end.
    Email,
    /// The year.
    Date,
    /// Bullets only.
    Whole,
}

/// The place, kind and duties of one [`Field`].
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The field described.
    pub field: Field,
    /// Its section of the form.
    pub section: Section,
    /// The object inside its section that holds it: `""` or, for persons, `basic_info` and the like.
    pub group: &'static str,
    /// Its key on the wire.
    pub key: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Who requires it.
    pub requirement: Requirement,
    /// Exists in the `typed` revision only.
    pub typed_only: bool,
    /// How it is masked in a record.
    pub masking: Masking,
    /// Holds a list of values (`business_identifier_document_list`).
    pub list: bool,
}

macro_rules! fields {
    ($( $field:ident = $section:ident $group:literal $key:literal $kind:ident $requirement:ident $masking:ident $(, $flag:ident)* ; )*) => {
        /// One field of the contract. The order is the order of the form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $(#[doc = concat!("`", $key, "`")] $field,)*
        }

        /// The table: one row a field, in the order of the form.
        pub const FIELDS: &[FieldSpec] = &[
            $(FieldSpec {
                field: Field::$field,
                section: Section::$section,
                group: $group,
                key: $key,
                kind: FieldKind::$kind,
                requirement: Requirement::$requirement,
                masking: Masking::$masking,
                typed_only: false $(|| flag!($flag typed))*,
                list: false $(|| flag!($flag list))*,
            },)*
        ];
    };
}
macro_rules! flag {
    (typed typed) => {
        true
    };
    (list list) => {
        true
    };
    ($a:ident $b:ident) => {
        false
    };
}

fields! {
    PartnerCustomerId = BusinessDetails "" "partner_customer_id" PartnerCustomerId Platform Plain;
    BusinessNameEnglish = BusinessDetails "" "business_name_english" NameEnglish House Plain;
    BusinessName = BusinessDetails "" "business_name" NameLocal Optional Plain;
    BusinessType = BusinessDetails "" "business_type" Choice House Plain, typed;
    Website = BusinessDetails "" "website" Website Optional Plain;
    BusinessIdentifierType = BusinessDetails "" "business_identifier_type" Choice House Plain, typed;
    BusinessIdentifierCountryCode = BusinessDetails "" "business_identifier_country_code" Country House Plain;
    BusinessIdentifierNumber = BusinessDetails "" "business_identifier_number" Text House Tail;
    BusinessIdentifierStartDate = BusinessDetails "" "business_identifier_start_date" Date Optional Plain;
    BusinessIdentifierExpiryDate = BusinessDetails "" "business_identifier_expiry_date" Date Optional Plain;
    BusinessIdentifierDocumentList = BusinessDetails "" "business_identifier_document_list" FileId House Plain, list;
    RegistrationAddressCountryCode = RegistrationAddress "" "registration_address_country_code" Country House Plain;
    RegistrationAddressLine1 = RegistrationAddress "" "registration_address_line1" Text House Plain;
    RegistrationAddressCity = RegistrationAddress "" "registration_address_city" Text House Plain;
    RegistrationAddressState = RegistrationAddress "" "registration_address_state" Text Country Plain;
    RegistrationAddressPostcode = RegistrationAddress "" "registration_address_postcode" Text Country Plain;
    OperatingCountry = AccountUsage "" "operating_country" Country House Plain;
    GoodsServiceDescription = AccountUsage "" "goods_service_description" Text House Plain;
    IndustryCategoryCode = AccountUsage "" "industry_category_code" Choice House Plain;
    AccountUsageProductReference = AccountUsage "" "account_usage_product_reference" Choice House Plain, typed;
    EstimatedMonthlyRevenueCurrency = AccountUsage "" "estimated_monthly_revenue_currency" Currency House Plain;
    EstimatedMonthlyRevenueAmount = AccountUsage "" "estimated_monthly_revenue_amount" Amount House Plain;
    ContactPhone = PrimaryContact "" "contact_phone" Phone House Phone;
    ContactEmail = PrimaryContact "" "contact_email" Email House Email;
    FirstNameEnglish = BusinessPersonList "basic_info" "first_name_english" NameEnglish House Plain;
    LastNameEnglish = BusinessPersonList "basic_info" "last_name_english" NameEnglish House Plain;
    FirstName = BusinessPersonList "basic_info" "first_name" NameLocal Optional Plain;
    LastName = BusinessPersonList "basic_info" "last_name" NameLocal Optional Plain;
    RoleType = BusinessPersonList "basic_info" "role_type" Choice House Plain, typed;
    BirthDate = BusinessPersonList "basic_info" "birth_date" Date House Date;
    Nationality = BusinessPersonList "basic_info" "nationality" Country House Plain;
    ResidentialAddressCountryCode = BusinessPersonList "residential_address" "residential_address_country_code" Country House Plain;
    ResidentialAddressLine1 = BusinessPersonList "residential_address" "residential_address_line1" Text House Whole;
    ResidentialAddressCity = BusinessPersonList "residential_address" "residential_address_city" Text House Whole;
    ResidentialAddressState = BusinessPersonList "residential_address" "residential_address_state" Text Country Whole;
    ResidentialAddressPostcode = BusinessPersonList "residential_address" "residential_address_postcode" Text Country Whole;
    IdType = BusinessPersonList "identification" "id_type" Choice House Plain, typed;
    IdNumber = BusinessPersonList "identification" "id_number" Text House Tail;
    IdIssuingCountryCode = BusinessPersonList "identification" "id_issuing_country_code" Country House Plain;
    IdIssueDate = BusinessPersonList "identification" "id_issue_date" Date Optional Plain;
    IdExpirationDate = BusinessPersonList "identification" "id_expiration_date" Date House Plain;
    IdDocumentFrontFileId = BusinessPersonList "identification" "id_document_front_file_id" FileId House Plain;
    IdDocumentBackFileId = BusinessPersonList "identification" "id_document_back_file_id" FileId Optional Plain;
}

impl Field {
    /// The row of this field in [`FIELDS`].
    #[must_use]
    pub fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }
}
